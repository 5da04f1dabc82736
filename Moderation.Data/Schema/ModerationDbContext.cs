using Microsoft.EntityFrameworkCore;

namespace Moderation.Data.Schema;

/// <summary>The database. Pages read through it; only the writer writes.</summary>
public sealed class ModerationDbContext(DbContextOptions<ModerationDbContext> options) : DbContext(options)
{
    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Community> Communities => Set<Community>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<CommentText> CommentTexts => Set<CommentText>();

    public DbSet<Prediction> Predictions => Set<Prediction>();

    public DbSet<Model> Models => Set<Model>();

    public DbSet<Promotion> Promotions => Set<Promotion>();

    public DbSet<Threshold> Thresholds => Set<Threshold>();

    public DbSet<Decision> Decisions => Set<Decision>();

    public DbSet<Checkpoint> Checkpoints => Set<Checkpoint>();

    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();

    public DbSet<SourceClock> SourceClocks => Set<SourceClock>();

    public DbSet<WindowTotal> Windows => Set<WindowTotal>();

    public DbSet<Spike> Spikes => Set<Spike>();

    public DbSet<OutboxEvent> Outbox => Set<OutboxEvent>();

    public DbSet<OutboxReader> OutboxReaders => Set<OutboxReader>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ModerationDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }
}
