namespace Moderation.Pipeline.Sources.History;

/// <summary>The stored comments as a stream.</summary>
public interface ICommentLog
{
    /// <summary>
    /// Reads the newest text of each comment in the order in which the texts were committed, from right behind
    /// <paramref name="after"/>, or from the beginning when that is null or is no place in this log any more. An edit
    /// stands at the end like a new comment, so that whoever reads on meets it; texts that an edit replaced and comments
    /// that were withdrawn are passed over. Ends behind the newest text at the time when it gets there.
    /// </summary>
    /// <remarks>No transaction is open while the consumer works on a slice.</remarks>
    /// <param name="most">Most comments in a slice, 1 or more; one ends at about a million characters, too.</param>
    /// <exception cref="SourceException">The comments cannot be read at present.</exception>
    IAsyncEnumerable<CommentLogSlice> ReadAsync(SourcePosition? after, int most, CancellationToken cancellationToken);
}
