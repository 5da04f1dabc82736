using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>Gives comments their ids, which only grow, and their places in the queue.</summary>
internal sealed class CommentNumbers : IDisposable
{
    /// <summary>
    /// The greatest number in the queue. Status by status, so that each is one step into the index; the filter of the
    /// partial index is repeated, as SQLite uses such an index only when it sees its condition.
    /// </summary>
    internal const string GreatestQueueNumber =
        """
        SELECT MAX(
            COALESCE((SELECT MAX("QueueNumber") FROM "Comments" WHERE "Status" = 1 AND "Status" IN (1, 2)), 0),
            COALESCE((SELECT MAX("QueueNumber") FROM "Comments" WHERE "Status" = 2 AND "Status" IN (1, 2)), 0))
        """;

    private readonly QueueCounter _queueCounter;
    private readonly PreparedStatement _lastId;
    private readonly PreparedStatement _greatestQueueNumber;
    private long? _nextId;

    public CommentNumbers(SqliteConnection connection, QueueCounter queueCounter)
    {
        _queueCounter = queueCounter;
        _lastId = new PreparedStatement(connection, """SELECT MAX("Id") FROM "Comments" """);
        _greatestQueueNumber = new PreparedStatement(connection, GreatestQueueNumber);
    }

    /// <summary>The id for the next comment.</summary>
    public long NextId() => _nextId ??= (_lastId.Scalar() ?? 0) + 1;

    /// <summary>The id that <see cref="NextId"/> gave is used.</summary>
    public void UseId() => _nextId++;

    /// <summary>The number for a comment that begins to wait.</summary>
    public long NextInQueue()
    {
        if (!_queueCounter.IsSet)
        {
            _queueCounter.Set(_greatestQueueNumber.Scalar() ?? 0);
        }

        return _queueCounter.Next();
    }

    public void Dispose()
    {
        _lastId.Dispose();
        _greatestQueueNumber.Dispose();
    }
}
