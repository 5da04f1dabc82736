using System.Data.Common;

using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Moderation.Data.Schema;

/// <summary>Readers can only read: whatever a page does by mistake, the one writer stays the only one.</summary>
internal sealed class ReaderPragmas : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
