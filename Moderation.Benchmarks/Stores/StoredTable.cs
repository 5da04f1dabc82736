using Microsoft.Data.Sqlite;

namespace Moderation.Benchmarks.Stores;

/// <summary>A table of a finished database, read row by row in the order in which its rows were written.</summary>
internal sealed class StoredTable : IDisposable
{
    private const string Comments = "Comments";
    private const string CommentId = "CommentId";

    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _reader;
    private readonly int _comment;

    private StoredTable(SqliteConnection connection, string name, string order, long rows, int comment)
    {
        Name = name;
        Rows = rows;
        _comment = comment;
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the product's own tables.
        _command.CommandText = $"SELECT * FROM \"{name}\" ORDER BY {order}";
#pragma warning restore CA2100
        _reader = _command.ExecuteReader();
        Columns = _reader.FieldCount;
        HasRow = _reader.Read();
    }

    public string Name { get; }

    public long Rows { get; }

    public int Columns { get; }

    /// <summary>Its rows belong to comments each.</summary>
    public bool IsOfComments => _comment >= 0;

    /// <summary>There is a row that was not taken yet.</summary>
    public bool HasRow { get; private set; }

    /// <summary>The comment that the next row belongs to.</summary>
    public long Comment => _reader.GetInt64(_comment);

    public static StoredTable Open(SqliteConnection connection, string name)
    {
        var columns = Read(connection, $"SELECT name FROM pragma_table_info('{name}')");
        var comment = columns.IndexOf(name == Comments ? "Id" : CommentId);
        var count = long.Parse(Read(connection, $"SELECT COUNT(*) FROM \"{name}\"")[0], System.Globalization.CultureInfo.InvariantCulture);
        var key = Read(connection, $"SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk");
        var order = comment >= 0 ? [columns[comment], .. key] : key;
        return new StoredTable(connection, name, order.Count == 0 ? "rowid" : string.Join(", ", order.Distinct().Select(column => $"\"{column}\"")), count, comment);
    }

    /// <summary>Gives the next row and goes on.</summary>
    public object[] Take()
    {
        var values = new object[Columns];
        _reader.GetValues(values);
        HasRow = _reader.Read();
        return values;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
    }

    /// <summary>The first column of all rows, as text.</summary>
    internal static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers pass constants and names of the product's own tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
