using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;

namespace Moderation.Data.Writing;

/// <summary>The prepared commands for bulk rows and the keys of names seen before. One for each connection.</summary>
/// <remarks>EF Core's model and migrations own the schema; these commands only fill it, several times as fast.</remarks>
internal sealed class BatchStatements : IDisposable
{
    /// <summary>Most author keys that are remembered; when there are more, remembering begins anew.</summary>
    private const int MostAuthors = 100_000;

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
    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _communities = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Source, string Name), long> _authors = [];
    private readonly List<PreparedCommand> _commands = [];
    private readonly PreparedCommand _lastId;
    private readonly PreparedCommand _greatestQueueNumber;
    private readonly PreparedCommand _findSource;
    private readonly PreparedCommand _addSource;
    private readonly PreparedCommand _findCommunity;
    private readonly PreparedCommand _addCommunity;
    private readonly PreparedCommand _findAuthor;
    private readonly PreparedCommand _addAuthor;
    private long? _nextId;

    public BatchStatements(SqliteConnection connection, QueueCounter queueCounter)
    {
        _queueCounter = queueCounter;
        _lastId = Prepare("""SELECT MAX("Id") FROM "Comments" """, 0);
        _greatestQueueNumber = Prepare(GreatestQueueNumber, 0);
        _findSource = Prepare("""SELECT "Id" FROM "Sources" WHERE "Name" = $0""", 1);
        _addSource = Prepare("""INSERT INTO "Sources" ("Name") VALUES ($0) RETURNING "Id" """, 1);
        _findCommunity = Prepare("""SELECT "Id" FROM "Communities" WHERE "Name" = $0""", 1);
        _addCommunity = Prepare("""INSERT INTO "Communities" ("Name") VALUES ($0) RETURNING "Id" """, 1);
        _findAuthor = Prepare("""SELECT "Id" FROM "Authors" WHERE "SourceId" = $0 AND "Name" = $1""", 2);
        _addAuthor = Prepare("""INSERT INTO "Authors" ("SourceId", "Name") VALUES ($0, $1) RETURNING "Id" """, 2);
        AddComment = Prepare(
            """
            INSERT INTO "Comments" ("Id", "SourceId", "ExternalId", "CommunityId", "AuthorId", "ThreadId", "ParentId", "Url",
                "Score", "CreatedAt", "ReceivedAt", "Version", "TextVersion", "Status", "Probability", "Threshold", "Flagged",
                "ModelId", "QueueNumber", "EditedAfterDecision")
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 1, $11, $12, $13, $14, $15, $16, 0)
            ON CONFLICT ("SourceId", "ExternalId") DO NOTHING
            """,
            17);
        AddText = Prepare(
            """INSERT INTO "CommentTexts" ("CommentId", "TextVersion", "ReceivedAt", "Body") VALUES ($0, $1, $2, $3)""", 4);
        AddPrediction = Prepare(
            """
            INSERT INTO "Predictions" ("CommentId", "TextVersion", "ModelId", "Probability", "Threshold", "ScoredAt")
            VALUES ($0, $1, $2, $3, $4, $5)
            """,
            6);
        FindComment = Prepare(
            """
            SELECT c."Id", c."Version", c."TextVersion", c."Status", c."WithdrawnAt", c."QueueNumber", t."Body"
            FROM "Comments" AS c JOIN "CommentTexts" AS t ON t."CommentId" = c."Id" AND t."TextVersion" = c."TextVersion"
            WHERE c."SourceId" = $0 AND c."ExternalId" = $1
            """,
            2);
        EditComment = Prepare(
            """
            UPDATE "Comments" SET "Version" = "Version" + 1, "TextVersion" = $1, "Status" = $2, "Probability" = $3,
                "Threshold" = $4, "Flagged" = $5, "ModelId" = $6, "QueueNumber" = $7, "EditedAfterDecision" = "DecisionId" IS NOT NULL
            WHERE "Id" = $0
            """,
            8);
        WithdrawComment = Prepare(
            """UPDATE "Comments" SET "Version" = "Version" + 1, "Status" = $1, "WithdrawnAt" = $2 WHERE "Id" = $0""", 3);
        AddDeadLetter = Prepare(
            """INSERT INTO "DeadLetters" ("SourceId", "Place", "Reason", "Original", "At") VALUES ($0, $1, $2, $3, $4)""", 5);
        SetCheckpoint = Prepare(
            """
            INSERT INTO "Checkpoints" ("SourceId", "Position", "At") VALUES ($0, $1, $2)
            ON CONFLICT ("SourceId") DO UPDATE SET "Position" = excluded."Position", "At" = excluded."At"
            """,
            3);

        PreparedCommand Prepare(string sql, int parameters)
        {
            var command = new PreparedCommand(connection, sql, parameters);
            _commands.Add(command);
            return command;
        }
    }

    public PreparedCommand AddComment { get; }

    public PreparedCommand AddText { get; }

    public PreparedCommand AddPrediction { get; }

    public PreparedCommand FindComment { get; }

    public PreparedCommand EditComment { get; }

    public PreparedCommand WithdrawComment { get; }

    public PreparedCommand AddDeadLetter { get; }

    public PreparedCommand SetCheckpoint { get; }

    /// <summary>The id for the next comment; ids only grow.</summary>
    public long NextId(SqliteTransaction transaction) => _nextId ??= (_lastId.Scalar(transaction) as long? ?? 0) + 1;

    /// <summary>The id that <see cref="NextId"/> gave is used.</summary>
    public void UseId() => _nextId++;

    /// <summary>The number for a comment that begins to wait.</summary>
    public long NextQueueNumber(SqliteTransaction transaction)
    {
        if (!_queueCounter.IsSet)
        {
            _queueCounter.Set((long)_greatestQueueNumber.Scalar(transaction)!);
        }

        return _queueCounter.Next();
    }

    public int SourceKey(SqliteTransaction transaction, string name) =>
        Key(_sources, name, _findSource, _addSource, transaction);

    public int CommunityKey(SqliteTransaction transaction, string name) =>
        Key(_communities, name, _findCommunity, _addCommunity, transaction);

    public long? AuthorKey(SqliteTransaction transaction, int source, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!_authors.TryGetValue((source, name), out var key))
        {
            key = (long)(_findAuthor.Scalar(transaction, source, name) ?? _addAuthor.Scalar(transaction, source, name)!);
            if (_authors.Count >= MostAuthors)
            {
                _authors.Clear();
            }

            _authors[(source, name)] = key;
        }

        return key;
    }

    public void Dispose() => _commands.ForEach(command => command.Dispose());

    private static int Key(
        Dictionary<string, int> known, string name, PreparedCommand find, PreparedCommand add, SqliteTransaction transaction)
    {
        if (!known.TryGetValue(name, out var key))
        {
            key = (int)(long)(find.Scalar(transaction, name) ?? add.Scalar(transaction, name)!);
            if (known.Count >= MostAuthors)
            {
                known.Clear();
            }

            known[name] = key;
        }

        return key;
    }
}
