using Moderation.Pipeline.Sources.History;

namespace Moderation.Pipeline.Sources;

/// <summary>A run of consecutive inputs of one source, with the position right behind the last of them.</summary>
/// <param name="Source">The source's name, the first half of every comment's identity.</param>
/// <param name="Comments">The readable ones, in the source's order.</param>
public sealed record CommentBatch(string Source, IReadOnlyList<IncomingComment> Comments)
{
    /// <summary>The unreadable ones.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Where to resume once this batch is committed; null for callers who push and keep no position.</summary>
    public SourcePosition? Position { get; init; }

    /// <summary>Somebody waits for the word that these rows are kept, so the commit must survive a power cut.</summary>
    public bool Acknowledged { get; init; }

    /// <summary>
    /// The stored dead letter whose second try this is, with its one comment. The commit closes it, or keeps the new reason
    /// if that fails too; nothing is written when it was closed before.
    /// </summary>
    public long? ReplayedLetter { get; init; }

    /// <summary>The comments are the desk's own and are scored once more; null for comments that come in.</summary>
    public Rescoring? Rescoring { get; init; }

    /// <summary>Everything that was read to make this batch.</summary>
    public int Read => Comments.Count + DeadLetters.Count;
}
