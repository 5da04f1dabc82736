using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing;

internal static class SqliteConnectionExtensions
{
    /// <param name="sql">A constant of this program; nothing from outside.</param>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers pass constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
