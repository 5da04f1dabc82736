namespace Moderation.Benchmarks.Crash;

/// <summary>A comment as the desk must have it in the end.</summary>
/// <param name="First">As it came first: what stays when only the text is edited.</param>
internal sealed record ExpectedComment(StreamedComment First)
{
    /// <summary>Every text that it must have, oldest first.</summary>
    public List<string> Texts { get; } = [First.Body];

    public bool Withdrawn { get; set; }

    /// <summary>The id that an answer named; null when none did.</summary>
    public long? AnsweredId { get; set; }
}
