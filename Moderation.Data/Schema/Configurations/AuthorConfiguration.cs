using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class AuthorConfiguration : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> builder) =>
        builder.HasIndex(author => new { author.SourceId, author.Name }).IsUnique().HasDatabaseName("IX_Authors_Identity");
}
