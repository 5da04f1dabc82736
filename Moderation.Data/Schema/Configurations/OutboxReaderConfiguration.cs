using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class OutboxReaderConfiguration : IEntityTypeConfiguration<OutboxReader>
{
    public void Configure(EntityTypeBuilder<OutboxReader> builder) => builder.HasKey(reader => reader.Name);
}
