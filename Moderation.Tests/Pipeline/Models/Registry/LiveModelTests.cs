using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Registry;

public sealed class LiveModelTests
{
    private readonly LiveModel _live = new();
    private readonly LoadedModel _stored = TestModels.Loaded(TestModels.Constant(0.1), key: 1);
    private readonly LoadedModel _promoted = TestModels.Loaded(TestModels.Constant(0.9), key: 2);

    [Fact]
    public async Task Whoever_waits_gets_the_stored_model_when_it_is_loaded()
    {
        var waiting = _live.GetAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);

        _live.SwapIfNone(_stored);

        Assert.Same(_stored, await waiting.Guarded());
    }

    [Fact]
    public void A_promotion_is_not_undone_by_a_start_that_is_still_reading_the_stored_model()
    {
        _live.Swap(_promoted);
        _live.SwapIfNone(_stored);
        Assert.Same(_promoted, _live.Current);

        _live.Swap(_stored);
        Assert.Same(_stored, _live.Current);
    }

    [Fact]
    public void A_model_whose_file_is_gone_is_a_problem_until_the_file_is_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("v1.model", "any");
        _live.Swap(_stored with { Path = path });
        Assert.Null(_live.Problem);

        File.Delete(path);
        Assert.Contains(path, _live.Problem, StringComparison.Ordinal);

        folder.Write("v1.model", "any");
        Assert.Null(_live.Problem);
    }
}
