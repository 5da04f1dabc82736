using System.Buffers;
using System.Text;

using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Moderation.Benchmarks.Stores;

/// <summary>A prepared insert whose values are bound straight to SQLite: the fastest way to a row that there is from .NET.</summary>
internal sealed class BareStatement : IDisposable
{
    /// <summary>UTF-8 needs up to three bytes for a UTF-16 unit.</summary>
    private const int BytesPerUnit = 3;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public BareStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Inserts one row.</summary>
    public void Insert(object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                long whole => raw.sqlite3_bind_int64(_statement, i + 1, whole),
                double real => raw.sqlite3_bind_double(_statement, i + 1, real),
                string { Length: > 0 } text => Bind(i + 1, text),
                string empty => raw.sqlite3_bind_text(_statement, i + 1, empty),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, i + 1, bytes),
                _ => raw.sqlite3_bind_null(_statement, i + 1),
            });
        }

        var code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        raw.sqlite3_reset(_statement);
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int parameter, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length * BytesPerUnit);
        var code = raw.sqlite3_bind_text(_statement, parameter, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return code;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
