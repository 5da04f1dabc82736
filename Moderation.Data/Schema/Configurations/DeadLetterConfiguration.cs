using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetterRow>
{
    public void Configure(EntityTypeBuilder<DeadLetterRow> builder) =>
        builder.ToTable("DeadLetters").HasIndex(letter => new { letter.SourceId, letter.Id }).HasDatabaseName("IX_DeadLetters_Source");
}
