using Microsoft.Data.Sqlite;

using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Flow;

namespace Moderation.Data.Writing.Batches;

/// <summary>
/// Sources that were rewound and have not come back to where they were. What they tell was told before, older wordings of a comment
/// before newer ones: none of them is an edit.
/// </summary>
internal sealed class Rereading(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _find = new(connection, """SELECT "ReadBefore" FROM "Sources" WHERE "Id" = ?1""");
    private readonly PreparedStatement _end = new(connection, """UPDATE "Sources" SET "ReadBefore" = NULL WHERE "Id" = ?1""");
    private readonly PreparedStatement _findText = new(connection, """SELECT 1 FROM "CommentTexts" WHERE "CommentId" = ?1 AND "Body" = ?2""");
    private readonly Dictionary<int, long?> _known = [];

    /// <summary>The text is one that the comment had, and was read again.</summary>
    public bool IsKnown(int source, ScoredBatch batch, long comment, string body) =>
        (batch.Batch.ReplayedLetter is not null || (batch.Batch.Position is not null && Until(source) is not null))
        && _findText.Set(1, comment).Set(2, body).Scalar() is not null;

    /// <summary>Called behind each batch of a source.</summary>
    public void Pass(int source, ScoredBatch batch)
    {
        if (batch.Batch.Position?.Order is { } here && Until(source) is { } until && here >= until)
        {
            _end.Set(1, source).Execute();
            _known[source] = null;
        }
    }

    /// <summary>It has just been rewound.</summary>
    public void Forget(int source) => _known.Remove(source);

    public void Dispose()
    {
        _find.Dispose();
        _end.Dispose();
        _findText.Dispose();
    }

    private long? Until(int source)
    {
        if (!_known.TryGetValue(source, out var until))
        {
            until = _find.Set(1, source).Scalar();
            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            _known[source] = until;
        }

        return until;
    }

    /// <summary>Most sources that are remembered; callers of the API choose their names.</summary>
    private const int MostKnown = 10_000;
}
