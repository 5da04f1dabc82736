namespace Moderation.Data.Writing;

/// <summary>Why a comment can be removed: a code that is stored and the words that people read.</summary>
public sealed record RemovalReason(string Code, string Label)
{
    /// <summary>In the order of the keys 1 to 9.</summary>
    public static IReadOnlyList<RemovalReason> All { get; } =
    [
        new("insult", "Insult"),
        new("harassment", "Harassment"),
        new("spam", "Spam"),
        new("off-topic", "Off-topic or joke"),
        new("medical-advice", "Personal medical advice"),
        new("misinformation", "Misinformation"),
        new("other", "Other"),
    ];

    public static RemovalReason? Find(string? code) => All.FirstOrDefault(reason => reason.Code == code);
}
