using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>
{
    // A comment's own history.
    public void Configure(EntityTypeBuilder<Decision> builder) =>
        builder.HasIndex(decision => new { decision.CommentId, decision.Id }).HasDatabaseName("IX_Decisions_Comment");
}
