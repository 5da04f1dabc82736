using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class SpikeConfiguration : IEntityTypeConfiguration<Spike>
{
    public void Configure(EntityTypeBuilder<Spike> builder)
    {
        // The last one of a community, which the next window may continue.
        builder.HasIndex(spike => new { spike.CommunityId, spike.Id }).HasDatabaseName("IX_Spikes_Community");

        // Those that pages show.
        builder.HasIndex(spike => spike.Id).HasFilter("\"DismissedAt\" IS NULL").HasDatabaseName("IX_Spikes_Open");
    }
}
