using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Pipeline.Models.Starter;

public sealed class StarterModelTests
{
    [Fact]
    public void Its_card_says_how_it_does_on_comments_from_elsewhere()
    {
        // Stale once the texts change: then `bench starter --data FOLDER --keep Moderation.Pipeline/Models/Starter/elsewhere.json` measures again.
        var card = StarterModel.Train(new ModelTrainer(TimeProvider.System), null, TestContext.Current.CancellationToken).Card;

        Assert.Equal(StarterElsewhere.Kept().TrainedOn, card.DataFingerprint);
        Assert.Equal(["r/science", "YouTube spam"], card.Elsewhere.Select(result => result.Data));
        Assert.All(card.Elsewhere, result => Assert.InRange(result.RocAuc, result.RocAucInterval.Low, result.RocAucInterval.High));
    }

    [Fact]
    public void A_starter_of_other_texts_claims_nothing() => Assert.Empty(StarterElsewhere.ResultsFor("0123456789abcdef"));
}
