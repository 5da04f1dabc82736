using System.Buffers;
using System.Text;

using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Moderation.Data.Writing.Statements;

/// <summary>
/// A statement that is parsed once and run for many rows, on EF Core's connection and inside its transaction. It binds
/// values straight to SQLite: SqliteCommand boxes each one and costs more than the insert itself.
/// </summary>
/// <remarks>Parameters are numbered from 1, as SQLite numbers them; columns from 0. One thread at a time.</remarks>
internal sealed class PreparedStatement : IDisposable
{
    /// <summary>UTF-8 needs up to three bytes for a UTF-16 unit.</summary>
    private const int BytesPerUnit = 3;

    private const int OnStack = 1024;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="sql">One statement, a constant of this program.</param>
    /// <exception cref="SqliteException">It cannot be parsed.</exception>
    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public PreparedStatement Set(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public PreparedStatement Set(int parameter, long? value) => value is { } known ? Set(parameter, known) : SetNull(parameter);

    public PreparedStatement Set(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, parameter, value));
        return this;
    }

    public PreparedStatement Set(int parameter, bool value) => Set(parameter, value ? 1L : 0L);

    public PreparedStatement Set(int parameter, string? value)
    {
        if (value is null)
        {
            return SetNull(parameter);
        }

        if (value.Length == 0)
        {
            // An empty span has no address, and SQLite takes that for NULL.
            Check(raw.sqlite3_bind_text(_statement, parameter, ""));
            return this;
        }

        var most = value.Length * BytesPerUnit;
        byte[]? rented = null;
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : (rented = ArrayPool<byte>.Shared.Rent(most));
        try
        {
            // SQLite keeps a copy of its own.
            Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        return this;
    }

    public PreparedStatement SetNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        Step();
        var changed = raw.sqlite3_changes(_database);
        Reset();
        return changed;
    }

    /// <summary>The first column of the first row; null when there is none, or it is NULL.</summary>
    public long? Scalar()
    {
        var value = Step() && !IsNull(0) ? GetInt64(0) : (long?)null;
        Reset();
        return value;
    }

    /// <summary>Goes to the next row; false behind the last one. <see cref="Reset"/> ends the reading.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        // Said before the statement is reset, which would clear the message.
        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }

        return false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(_statement, column);

    public double GetDouble(int column) => raw.sqlite3_column_double(_statement, column);

    public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    /// <summary>Ready for the next run; the values stay bound until they are set anew.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
