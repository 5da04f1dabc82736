namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>What a person wants of a source.</summary>
internal enum SourceAction
{
    Pause,
    Resume,
    Rewind,
}

/// <summary>A person's order to a source; <see cref="Done"/> ends when it is carried out, or with the reason why not.</summary>
internal sealed record SourceOrder(SourceAction Action)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
