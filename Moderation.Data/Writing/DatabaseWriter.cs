using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

using Moderation.Data.DataDirectories;
using Moderation.Data.Schema;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Data.Writing;

/// <summary>What a commit must outlive, as far as <see cref="StorageOptions.Durability"/> leaves it to the write.</summary>
public enum Durability
{
    /// <summary>A crash of the program; after a power cut the source repeats what is missing.</summary>
    Replayable,

    /// <summary>A power cut too: a person or a caller was told that it is kept.</summary>
    Acknowledged,
}

/// <summary>The one writer: every change of the database passes here, one transaction at a time, on one connection.</summary>
public sealed class DatabaseWriter(
    DataDirectory directory, IOptions<StorageOptions> options, IOptions<PipelineOptions> pipeline, IOptions<SpikeOptions> spikes) : IDisposable
{
    // Result codes of SQLite that are about the rows or the statement: the same write would fail again.
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Range = 25;

    // Others are about the store, and the same write may well succeed later.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Damaged = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    private readonly WriteGate _gate = new();
    private readonly QueueCounter _queueCounter = new();
    private readonly DurabilitySetting _setting = options.Value.Durability;
    private Channel? _channel;

    /// <summary>How long a lock that another program holds on the database is waited for.</summary>
    internal int LockTimeoutSeconds { get; init; } = 5;

    /// <summary>A person waits to write; bulk rows should commit and step aside.</summary>
    internal bool PersonWaiting => _gate.PersonWaiting;

    /// <summary>Runs <paramref name="work"/> in a transaction and commits it, or rolls back when it throws.</summary>
    /// <param name="committed">Runs behind the commit and before the next write: what it puts in force follows the order of the commits.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be written to at present.</exception>
    internal async Task<T> WriteAsync<T>(
        WritePriority priority, Durability durability, Func<WriteSession, T> work, CancellationToken cancellationToken, Action<T>? committed = null)
    {
        using var passage = await _gate.EnterAsync(priority, cancellationToken);

        // SQLite works synchronously; a circuit or a request must not wait on its own thread.
        var result = await Task.Run(() => Write(durability, work), cancellationToken);
        committed?.Invoke(result);
        return result;
    }

    public void Dispose() => _channel?.Dispose();

    private T Write<T>(Durability durability, Func<WriteSession, T> work)
    {
        try
        {
            CheckPlace();
            _channel ??= Channel.Open(directory, LockTimeoutSeconds, Prepare);
            return _channel.Write(SyncsFully(durability), work);
        }
        catch (SqliteException e) when (IsOfTheStore(e))
        {
            CloseChannel();
            throw new StoreUnavailableException($"The database {directory.DatabasePath} cannot be written to: {Describe(e)}", e);
        }
        catch
        {
            // Caches may know rows that were rolled back.
            CloseChannel();
            throw;
        }
    }

    /// <summary>The store has a problem, not the rows: the same write may well succeed later.</summary>
    internal static bool IsOfTheStore(SqliteException e) => e.SqliteErrorCode is not (Error or TooBig or Constraint or Mismatch or Range);

    /// <summary>
    /// SQLite would go on writing into a file that was moved away or deleted under it, and all of that would be lost.
    /// </summary>
    private void CheckPlace()
    {
        if (_channel is not null && !File.Exists(directory.DatabasePath))
        {
            throw new SqliteException("The file is gone.", CannotOpen);
        }
    }

    private WriterStatements Prepare(SqliteConnection connection) => new(connection, _queueCounter, pipeline.Value.Windows, spikes.Value);

    private bool SyncsFully(Durability durability) => _setting switch
    {
        DurabilitySetting.Process => false,
        DurabilitySetting.Always => true,
        _ => durability == Durability.Acknowledged,
    };

    private void CloseChannel()
    {
        _channel?.Dispose();
        _channel = null;
    }

    private static string Describe(SqliteException e) => e.SqliteErrorCode switch
    {
        Full => "the disk is full. Free some space; writing goes on by itself.",
        Busy or Locked => "another program holds it locked. Writing goes on by itself when it lets go.",
        ReadOnly => "it is read-only. Give the program the right to write to it.",
        CannotOpen => "it is not there, or cannot be opened. Put the data directory back; writing goes on by itself.",
        Damaged or NoDatabase => $"its file is damaged ({e.Message.TrimEnd('.')}). Stop the desk and put a copy back.",
        _ => $"{e.Message} (code {e.SqliteExtendedErrorCode}).",
    };

    /// <summary>The connection with all that is prepared on it.</summary>
    private sealed class Channel : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly DbContextOptions<ModerationDbContext> _options;
        private readonly WriterStatements _statements;
        private bool? _syncsFully;

        private Channel(SqliteConnection connection, WriterStatements statements)
        {
            _connection = connection;
            _options = new DbContextOptionsBuilder<ModerationDbContext>().UseSqlite(connection).Options;
            _statements = statements;
        }

        public static Channel Open(DataDirectory directory, int lockTimeoutSeconds, Func<SqliteConnection, WriterStatements> prepare)
        {
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = directory.DatabasePath,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = lockTimeoutSeconds,
            }.ToString());
            try
            {
                connection.Open();
                connection.Execute("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;");
                return new Channel(connection, prepare(connection));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        public T Write<T>(bool syncsFully, Func<WriteSession, T> work)
        {
            if (_syncsFully != syncsFully)
            {
                // Cannot change inside a transaction.
                _connection.Execute(syncsFully ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
                _syncsFully = syncsFully;
            }

            using var transaction = _connection.BeginTransaction(deferred: false);
            using var context = new ModerationDbContext(_options);
            context.Database.UseTransaction(transaction);
            var result = work(new WriteSession(context, _statements));
            FailPoint.Pass(FailPoint.BeforeCommit);
            transaction.Commit();
            return result;
        }

        public void Dispose()
        {
            _statements.Dispose();
            _connection.Dispose();
        }
    }
}
