using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing;

/// <summary>A command that is parsed once and run for many rows.</summary>
internal sealed class PreparedCommand : IDisposable
{
    private readonly SqliteCommand _command;

    /// <param name="sql">A constant of this program with parameters $0, $1 and so on.</param>
    /// <param name="parameters">How many parameters it has.</param>
    public PreparedCommand(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers pass constants.
        _command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "$" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            parameter.Value = DBNull.Value;
            _command.Parameters.Add(parameter);
        }
    }

    /// <summary>The number of rows changed.</summary>
    public int Execute(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Scalar(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public SqliteDataReader Query(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _command;
    }
}
