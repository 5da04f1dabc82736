using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Tests.Pipeline.Sources.Sample;

public sealed class SampleScriptTests
{
    private static readonly DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_step_says_the_same_in_any_instance_and_whatever_was_asked_before()
    {
        var forwards = Script();
        var jumping = Script();
        var steps = forwards.StepsOfAPass;
        var expected = Enumerable.Range(0, (int)steps).Select(step => forwards.At(step, _now)).ToList();

        for (long i = 0; i < steps; i++)
        {
            var step = i * 7919 % steps;
            Assert.Equal(expected[(int)step], jumping.At(step, _now));
        }
    }

    [Fact]
    public void Another_seed_streams_in_another_order()
    {
        static List<string> Bodies(int seed) => [.. Enumerable.Range(0, 50).Select(step => Script(seed).At(step, _now).Body)];

        Assert.NotEqual(Bodies(1), Bodies(2));
    }

    [Fact]
    public void A_pass_lasts_an_hour_at_five_a_second() => Assert.True(Script().StepsOfAPass >= 18_000);

    [Fact]
    public void Ids_are_new_except_where_a_comment_is_repeated_or_edited()
    {
        var seen = new Dictionary<string, IncomingComment>(StringComparer.Ordinal);
        int repeats = 0, edits = 0;
        foreach (var comment in Pass())
        {
            if (!seen.TryAdd(comment.ExternalId, comment))
            {
                var first = seen[comment.ExternalId];
                Assert.Equal(
                    (first.Author, first.Community, first.ThreadId), (comment.Author, comment.Community, comment.ThreadId));
                _ = comment.Body == first.Body ? repeats++ : edits++;
                Assert.StartsWith(first.Body, comment.Body, StringComparison.Ordinal);
            }
        }

        Assert.InRange(repeats, 180, 900);
        Assert.InRange(edits, 270, 900);
    }

    [Fact]
    public void Some_come_late_some_out_of_order_and_none_from_the_future()
    {
        // At five a second.
        var times = Steps().Select(step => (Now: _now.AddSeconds(step * 0.2), Comment: Script(step))).ToList();
        var late = times.Count(pair => pair.Now - pair.Comment.CreatedAt > TimeSpan.FromSeconds(60));
        var behind = times.Zip(times.Skip(1)).Count(pair => pair.Second.Comment.CreatedAt < pair.First.Comment.CreatedAt);

        Assert.All(times, pair => Assert.True(pair.Comment.CreatedAt <= pair.Now));
        Assert.InRange(late, 500, 2000);
        Assert.True(behind > 1000, $"{behind} out of order");

        static IEnumerable<long> Steps() => Enumerable.Range(0, 18_000).Select(step => (long)step);
        IncomingComment Script(long step) => _script.At(step, _now.AddSeconds(step * 0.2));
    }

    [Fact]
    public void New_comments_hardly_repeat_a_text_within_a_pass()
    {
        var bodies = Pass().DistinctBy(comment => comment.ExternalId).Select(comment => comment.Body).ToList();

        var repeated = bodies.Count - bodies.Distinct().Count();

        Assert.True(repeated <= bodies.Count / 100, $"{repeated} of {bodies.Count} new comments repeat a text");
    }

    [Fact]
    public void The_pass_behind_the_first_has_ids_of_its_own()
    {
        var script = Script();
        var first = Pass().Select(comment => comment.ExternalId).ToHashSet();

        var again = Enumerable.Range(100, 2000).Select(step => script.At(script.StepsOfAPass + step, _now).ExternalId);

        Assert.DoesNotContain(again, first.Contains);
    }

    private readonly SampleScript _script = Script();

    private static SampleScript Script(int seed = 1) => new(SampleCorpus.Shared.Streamed, seed);

    private static IEnumerable<IncomingComment> Pass()
    {
        var script = Script();
        for (long step = 0; step < script.StepsOfAPass; step++)
        {
            yield return script.At(step, _now);
        }
    }
}
