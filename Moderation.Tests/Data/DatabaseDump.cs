using System.Globalization;

using Microsoft.Data.Sqlite;

using Moderation.Tests.Support;

namespace Moderation.Tests.Data;

/// <summary>All rows of a database, to see that something left them alone.</summary>
internal static class DatabaseDump
{
    /// <summary>One line a row, with its table's name; all but what rescoring with the model may write.</summary>
    /// <param name="model">The model's key.</param>
    /// <param name="source">The name of its source.</param>
    public static IReadOnlyList<string> WithoutRescoring(TestDesk desk, int model, string source)
    {
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        var tables = Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        return [.. tables.SelectMany(table => Rows(connection, $"SELECT '{table}', * FROM \"{table}\" {Filter(table)}"))];

        string Filter(string table) => table switch
        {
            "Predictions" => string.Create(CultureInfo.InvariantCulture, $"WHERE ModelId <> {model}"),
            "Sources" => $"WHERE Name <> '{source}'",
            "Checkpoints" => $"WHERE SourceId NOT IN (SELECT Id FROM Sources WHERE Name = '{source}')",
            _ => "",
        };
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of this file's constants and the database's own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(k => Convert.ToString(reader.GetValue(k), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
