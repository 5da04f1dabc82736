using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class WindowTotalConfiguration : IEntityTypeConfiguration<WindowTotal>
{
    // A community's windows of one width lie side by side, in order of time. The migration makes the table without a rowid.
    public void Configure(EntityTypeBuilder<WindowTotal> builder) =>
        builder.ToTable("Windows").HasKey(window => new { window.CommunityId, window.Minutes, window.Start, window.SourceId });
}
