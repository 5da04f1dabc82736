using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;

namespace Moderation.Data.Writing;

/// <summary>What a write works with: one transaction, seen through EF Core or through the connection below it.</summary>
internal sealed class WriteSession(ModerationDbContext context, SqliteConnection connection, SqliteTransaction transaction, BatchStatements statements)
{
    public ModerationDbContext Context => context;

    public SqliteConnection Connection => connection;

    public SqliteTransaction Transaction => transaction;

    /// <summary>Prepared commands and key caches for bulk rows; they live as long as the connection.</summary>
    public BatchStatements Statements => statements;
}
