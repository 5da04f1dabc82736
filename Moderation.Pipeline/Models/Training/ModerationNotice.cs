namespace Moderation.Pipeline.Models.Training;

/// <summary>Knows the standing texts that moderators and their bots post about removals; they are no one's comment.</summary>
/// <remarks>
/// Data gathered from a forum holds many of them, and a model that learns their words learns who writes them, not what
/// gets removed.
/// </remarks>
public static class ModerationNotice
{
    private static readonly string[] _phrases =
    [
        "your submission has been removed",
        "this submission has been automatically removed",
        "why are so many comments",
    ];

    /// <summary>Whether a text contains one of the standing phrases, in upper or lower case.</summary>
    public static bool Matches(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Array.Exists(_phrases, phrase => body.Contains(phrase, StringComparison.OrdinalIgnoreCase));
    }
}
