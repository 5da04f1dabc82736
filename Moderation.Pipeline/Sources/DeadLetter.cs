namespace Moderation.Pipeline.Sources;

/// <summary>An input that could not become a comment, kept with its reason so that it can be mended and replayed.</summary>
/// <param name="Place">Where it stands in its source, in words a person can follow ("line 42").</param>
/// <param name="Reason">One sentence: what is wrong with it.</param>
/// <param name="Original">The raw input, cut at <see cref="MaxOriginalLength"/> characters.</param>
public sealed record DeadLetter(string Place, string Reason, string Original)
{
    /// <summary>Longest original that is kept, in UTF-16 units; a broken row can be as large as its file.</summary>
    public const int MaxOriginalLength = 64 * 1024;

    public static DeadLetter Create(string place, string reason, string original) =>
        new(place, reason, original.Length <= MaxOriginalLength ? original : original[..MaxOriginalLength]);
}
