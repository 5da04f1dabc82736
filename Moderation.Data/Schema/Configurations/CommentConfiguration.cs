using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    /// <summary>Every comment that was ever flagged; the others need no index but the key.</summary>
    private const string EverFlagged = "\"Status\" <> 0";

    /// <summary>Pending and escalated.</summary>
    private const string Waiting = "\"Status\" IN (1, 2)";

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.HasKey(comment => comment.Id);
        builder.Property(comment => comment.Id).ValueGeneratedNever();

        // Finds a comment by its identity, and keeps it unique. Randomly keyed: the one dear index.
        builder.HasIndex(comment => new { comment.SourceId, comment.ExternalId })
            .IsUnique().HasDatabaseName("IX_Comments_Identity");

        // History by status, newest first.
        builder.HasIndex(comment => new { comment.Status, comment.Id })
            .HasFilter(EverFlagged).HasDatabaseName("IX_Comments_Status");

        // The queue, newest or oldest first, and how many came since.
        builder.HasIndex(comment => new { comment.Status, comment.QueueNumber })
            .HasFilter(Waiting).HasDatabaseName("IX_Comments_Queue");

        // The queue, highest score first.
        builder.HasIndex(comment => new { comment.Status, comment.Probability, comment.Id })
            .HasFilter(Waiting).HasDatabaseName("IX_Comments_QueueByScore");

        // What came too late for its windows, newest first.
        builder.HasIndex(comment => comment.Id).HasFilter("\"LateBy\" IS NOT NULL").HasDatabaseName("IX_Comments_Late");

        builder.HasOne<Source>().WithMany().HasForeignKey(comment => comment.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}
