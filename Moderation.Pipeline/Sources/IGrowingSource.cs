namespace Moderation.Pipeline.Sources;

/// <summary>A source that ends, and may have more later: a file that somebody appends to.</summary>
public interface IGrowingSource : ICommentSource
{
    /// <summary>
    /// A mark of what is there now, cheap enough to be asked for every few seconds. Another mark means that it is worth
    /// reading on; null means that there is nothing to be seen.
    /// </summary>
    string? Look();
}
