using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class ThresholdConfiguration : IEntityTypeConfiguration<Threshold>
{
    public void Configure(EntityTypeBuilder<Threshold> builder) =>
        builder.HasIndex(threshold => new { threshold.CommunityId, threshold.Id }).HasDatabaseName("IX_Thresholds_Community");
}
