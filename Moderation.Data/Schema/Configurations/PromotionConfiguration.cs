using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class PromotionConfiguration : IEntityTypeConfiguration<Promotion>
{
    public void Configure(EntityTypeBuilder<Promotion> builder)
    {
        // The last promotion of each model.
        builder.HasIndex(promotion => new { promotion.ModelId, promotion.Id }).HasDatabaseName("IX_Promotions_Model");
        builder.HasOne<Model>().WithMany().HasForeignKey(promotion => promotion.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
