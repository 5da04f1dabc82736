using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class SourceClockConfiguration : IEntityTypeConfiguration<SourceClock>
{
    public void Configure(EntityTypeBuilder<SourceClock> builder)
    {
        builder.HasKey(clock => clock.SourceId);
        builder.Property(clock => clock.SourceId).ValueGeneratedNever();
    }
}
