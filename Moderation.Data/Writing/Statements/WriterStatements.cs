using Microsoft.Data.Sqlite;

using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Windows;
using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Data.Writing.Statements;

/// <summary>All that is prepared and remembered on the writer's connection, and lives as long as it does.</summary>
internal sealed class WriterStatements : IDisposable
{
    public WriterStatements(SqliteConnection connection, QueueCounter queueCounter, WindowOptions windows, SpikeOptions spikes)
    {
        Keys = new NameKeys(connection);
        Numbers = new CommentNumbers(connection, queueCounter);
        Comments = new CommentStatements(connection);
        Sources = new SourceStatements(connection);
        Savepoints = new Savepoints(connection);
        Outbox = new OutboxStatements(connection);
        Rereading = new Rereading(connection);
        Tidy = new TidyStatements(connection);
        Windows = new WindowWriter(connection, windows);
        Spikes = new SpikeDetector(connection, Outbox, spikes);
    }

    public NameKeys Keys { get; }

    public CommentNumbers Numbers { get; }

    public CommentStatements Comments { get; }

    public SourceStatements Sources { get; }

    public Savepoints Savepoints { get; }

    public OutboxStatements Outbox { get; }

    public Rereading Rereading { get; }

    public TidyStatements Tidy { get; }

    public WindowWriter Windows { get; }

    public SpikeDetector Spikes { get; }

    public void Dispose()
    {
        Keys.Dispose();
        Numbers.Dispose();
        Comments.Dispose();
        Sources.Dispose();
        Savepoints.Dispose();
        Outbox.Dispose();
        Rereading.Dispose();
        Tidy.Dispose();
        Windows.Dispose();
        Spikes.Dispose();
    }
}
