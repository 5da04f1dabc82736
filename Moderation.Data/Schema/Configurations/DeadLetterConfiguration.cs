using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetterRow>
{
    public void Configure(EntityTypeBuilder<DeadLetterRow> builder)
    {
        builder.ToTable("DeadLetters");

        // Those that wait, of all sources and of one.
        builder.HasIndex(letter => letter.Id).HasFilter("\"ClosedAt\" IS NULL").HasDatabaseName("IX_DeadLetters_Open");
        builder.HasIndex(letter => new { letter.SourceId, letter.Id }).HasFilter("\"ClosedAt\" IS NULL").HasDatabaseName("IX_DeadLetters_Source");
    }
}
