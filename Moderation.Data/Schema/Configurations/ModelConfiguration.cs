using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class ModelConfiguration : IEntityTypeConfiguration<Model>
{
    public void Configure(EntityTypeBuilder<Model> builder)
    {
        builder.HasIndex(model => model.Version).IsUnique().HasDatabaseName("IX_Models_Version");

        // Exactly one model is live: the database refuses a second one.
        builder.HasIndex(model => model.State).IsUnique().HasFilter("\"State\" = 1").HasDatabaseName("IX_Models_Live");
    }
}
