namespace Moderation.Pipeline.Sources;

/// <summary>Where comments come from.</summary>
public interface ICommentSource
{
    /// <summary>Unique among the desk's sources; part of every comment's identity, so it never changes.</summary>
    string Name { get; }

    /// <summary>
    /// Reads from right behind <paramref name="after"/>, or from the beginning when it is null. The enumeration ends
    /// when the source has no more; a stream without end never does. Batches hold at most the configured batch size.
    /// </summary>
    /// <exception cref="SourceException">The source cannot be read; the message says why and what would help.</exception>
    IAsyncEnumerable<CommentBatch> ReadAsync(SourcePosition? after, CancellationToken cancellationToken);
}
