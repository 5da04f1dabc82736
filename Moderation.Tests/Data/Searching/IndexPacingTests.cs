using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Searching;

namespace Moderation.Tests.Data.Searching;

public sealed class IndexPacingTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void While_comments_come_in_it_works_a_quarter_of_the_time_and_else_all_of_it()
    {
        var pacing = new IndexPacing(_time);
        var worked = TimeSpan.FromMilliseconds(10);
        Assert.Equal(TimeSpan.FromMilliseconds(30), pacing.Rest(worked));

        pacing.Observe(1000);
        _time.Advance(TimeSpan.FromSeconds(1));
        pacing.Observe(6000);
        Assert.True(pacing.Busy);
        Assert.Equal(TimeSpan.FromMilliseconds(30), pacing.Rest(worked));

        _time.Advance(TimeSpan.FromSeconds(1));
        pacing.Observe(6200);
        Assert.False(pacing.Busy);
        Assert.Equal(TimeSpan.Zero, pacing.Rest(worked));
    }

    [Fact]
    public void A_rate_is_judged_over_half_a_second_and_not_from_one_commit()
    {
        var pacing = new IndexPacing(_time);
        pacing.Observe(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        pacing.Observe(0);
        Assert.False(pacing.Busy);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        pacing.Observe(90);
        Assert.False(pacing.Busy);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        pacing.Observe(90);

        Assert.False(pacing.Busy);
    }
}
