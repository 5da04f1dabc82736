namespace Moderation.Tests.Browser;

/// <summary>A comment as a site sends it to the API.</summary>
public sealed record Note(
    string Id, string Body, string? Author = "Robin", string? Community = "garden", string? ThreadId = "t1", DateTimeOffset? CreatedAt = null)
{
    /// <summary>Comments "PREFIX 1" to "PREFIX N", in that order.</summary>
    public static IReadOnlyList<Note> Many(string prefix, int count, string community = "garden") =>
        [.. Enumerable.Range(1, count).Select(i => new Note($"{prefix}-{i}", $"{prefix} {i} says hello", Community: community))];
}
