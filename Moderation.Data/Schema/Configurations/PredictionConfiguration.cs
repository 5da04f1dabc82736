using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moderation.Data.Schema.Configurations;

internal sealed class PredictionConfiguration : IEntityTypeConfiguration<Prediction>
{
    // Rescoring a text with another model is another prediction; with the same model it is the same one. The migration makes
    // the table without a rowid, as its rows are small; the texts are longer and would only grow that way.
    public void Configure(EntityTypeBuilder<Prediction> builder) =>
        builder.HasKey(prediction => new { prediction.CommentId, prediction.TextVersion, prediction.ModelId });
}
