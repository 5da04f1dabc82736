using Moderation.Data.Schema;
using Moderation.Data.Writing.Batches;
using Moderation.Data.Writing.Statements;

namespace Moderation.Data.Writing;

/// <summary>What a write works with: one transaction, seen through EF Core or through statements on the connection below it.</summary>
internal sealed class WriteSession(ModerationDbContext context, WriterStatements statements)
{
    public ModerationDbContext Context => context;

    public NameKeys Keys => statements.Keys;

    public CommentNumbers Numbers => statements.Numbers;

    public CommentStatements Comments => statements.Comments;

    public SourceStatements Sources => statements.Sources;

    public Savepoints Savepoints => statements.Savepoints;

    public OutboxStatements Outbox => statements.Outbox;

    public WindowWriter Windows => statements.Windows;

    public Rereading Rereading => statements.Rereading;

    public TidyStatements Tidy => statements.Tidy;

    public SpikeDetector Spikes => statements.Spikes;
}
