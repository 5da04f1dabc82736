using Microsoft.Data.Sqlite;

using Moderation.Data.Writing;
using Moderation.Data.Writing.Statements;

namespace Moderation.Data.Searching;

/// <summary>
/// The index's own file and the one connection that writes to it. Rows of the index and the place in the feed behind
/// them stand in one transaction, so that at any cut nothing is missing and nothing is indexed twice.
/// </summary>
internal sealed class SearchDatabase : IDisposable
{
    /// <summary>Kept in the file. Whatever another version left is made anew: all of it can be read again.</summary>
    public const int Version = 1;

    private const string Schema =
        """
        CREATE TABLE "Progress" ("Id" INTEGER PRIMARY KEY CHECK ("Id" = 1), "Row" INTEGER NOT NULL, "CommentId" INTEGER NOT NULL,
            "TextVersion" INTEGER NOT NULL, "ReceivedAt" INTEGER NOT NULL);
        INSERT INTO "Progress" VALUES (1, 0, 0, 0, 0);
        CREATE TABLE "Shards" ("Number" INTEGER PRIMARY KEY);
        PRAGMA user_version = 1;
        """;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _setProgress;
    private readonly PreparedStatement _addShard;
    private readonly Dictionary<long, PreparedStatement> _shards = [];

    private SearchDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _setProgress = new PreparedStatement(
            connection, """UPDATE "Progress" SET "Row" = ?1, "CommentId" = ?2, "TextVersion" = ?3, "ReceivedAt" = ?4""");
        _addShard = new PreparedStatement(connection, """INSERT OR IGNORE INTO "Shards" ("Number") VALUES (?1)""");
    }

    /// <summary>The last text that is in the index.</summary>
    public FeedPlace Position { get; private set; }

    /// <summary>Opens the index, or makes an empty one where there is none.</summary>
    /// <exception cref="DamagedIndexException">The file is damaged or of another version.</exception>
    /// <exception cref="SqliteException">It cannot be opened at present.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static SearchDatabase Open(string path)
    {
        CreatePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();

            // NORMAL: a power cut may cost the last transactions, never the file; they are read again.
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;");
            EnsureSchema(connection);
            var database = new SearchDatabase(connection);
            database.Position = database.ReadPosition();
            return database;
        }
        catch (SqliteException e) when (e.IsDamage())
        {
            connection.Dispose();
            throw new DamagedIndexException($"The search index {path} is damaged.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes the file away, with all that belongs to it; nobody of this process may have it open for writing.</summary>
    /// <exception cref="IOException">It cannot be taken away.</exception>
    public static void Delete(string path)
    {
        // The file first: SQLite throws away a log that it finds beside an empty file.
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }
    }

    /// <summary>Indexes texts and moves the position behind them, in one transaction. A newer text replaces an older one.</summary>
    /// <param name="texts">In the order of the feed, behind <see cref="Position"/>.</param>
    /// <exception cref="DamagedIndexException">The file is damaged. After this and any other failure the index is opened anew: tables that were rolled back are remembered.</exception>
    /// <exception cref="SqliteException">It cannot be written to at present; nothing was.</exception>
    public void Write(IEnumerable<IndexedText> texts)
    {
        try
        {
            var position = Position;
            using var transaction = _connection.BeginTransaction(deferred: false);
            foreach (var text in texts)
            {
                Shard(transaction, SearchShard.Of(text.Place.CommentId)).Set(1, text.Place.CommentId).Set(2, text.Body).Execute();
                position = text.Place;
            }

            _setProgress.Set(1, position.Row).Set(2, position.CommentId).Set(3, position.TextVersion).Set(4, position.ReceivedAt).Execute();
            transaction.Commit();
            Position = position;
        }
        catch (SqliteException e) when (e.IsDamage())
        {
            throw new DamagedIndexException($"The search index {_connection.DataSource} is damaged.", e);
        }
    }

    public void Dispose()
    {
        foreach (var insert in _shards.Values)
        {
            insert.Dispose();
        }

        _setProgress.Dispose();
        _addShard.Dispose();
        _connection.Dispose();
    }

    /// <summary>For the owner alone, before the first word stands in it; SQLite gives its side files the same rights.</summary>
    private static void CreatePrivate(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Owner;
            }

            new FileStream(path, options).Dispose();
        }

        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Owner)
        {
            File.SetUnixFileMode(path, Owner);
        }
    }

    private static void EnsureSchema(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """SELECT (SELECT COUNT(*) FROM "sqlite_schema"), (SELECT "user_version" FROM pragma_user_version)""";
        long objects, version;
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            (objects, version) = (reader.GetInt64(0), reader.GetInt64(1));
        }

        if (objects == 0 && version == 0)
        {
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        else if (version != Version)
        {
            throw new DamagedIndexException($"The search index {connection.DataSource} is of version {version}, and this program's is {Version}.");
        }
    }

    private FeedPlace ReadPosition()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = """SELECT "Row", "CommentId", "TextVersion", "ReceivedAt" FROM "Progress" """;
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new FeedPlace(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3))
            : throw new DamagedIndexException($"The search index {_connection.DataSource} has no position.");
    }

    /// <summary>The command that adds a text to a table of the index, which is made when it is the first.</summary>
    private PreparedStatement Shard(SqliteTransaction transaction, long shard)
    {
        if (_shards.TryGetValue(shard, out var known))
        {
            return known;
        }

        var table = SearchShard.Table(shard);
        if (_addShard.Set(1, shard).Execute() == 1)
        {
            Create(transaction, table);
        }

        var insert = new PreparedStatement(_connection, $"""INSERT OR REPLACE INTO "{table}" ("rowid", "Body") VALUES (?1, ?2)""");
        _shards.Add(shard, insert);
        return insert;
    }

    private void Create(SqliteTransaction transaction, string table)
    {
        using var create = _connection.CreateCommand();
        create.Transaction = transaction;

        // Whole texts stand in the main database, so the index keeps none (content=''), and a text can still be replaced.
        // Merging eight parts at a time instead of four writes a sixth less, and a search looks into a few parts more.
#pragma warning disable CA2100 // A name made from a number.
        create.CommandText =
            $"""
            CREATE VIRTUAL TABLE "{table}" USING fts5(
                "Body", content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
            INSERT INTO "{table}" ("{table}", "rank") VALUES ('automerge', 8);
            """;
#pragma warning restore CA2100
        create.ExecuteNonQuery();
    }
}
