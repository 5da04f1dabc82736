using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class CommentTextConfiguration : IEntityTypeConfiguration<CommentText>
{
    public void Configure(EntityTypeBuilder<CommentText> builder) =>
        builder.HasKey(text => new { text.CommentId, text.TextVersion });
}
