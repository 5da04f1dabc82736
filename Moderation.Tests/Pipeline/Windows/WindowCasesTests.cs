using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>Cases of event time with known answers, each run whole and with a stop and a start before any of its events.</summary>
public sealed class WindowCasesTests
{
    private static readonly WindowCase[] Cases =
    [
        new("watermark, bounded out-of-orderness 10", Options(size: 10, slide: 10, outOfOrderness: 10, lateness: 0), [1337, 12345, 12300, 12340, 12280])
        {
            Watermarks = [1326, 12334, 12334, 12334, 12334],
            Finals = [(1330, 1340, 1)],
            Open = [(12340, 12350, 2)],
            Late = [12300, 12280],
        },
        new("tumbling count, size 2, grace 1", Options(size: 2, slide: 2, outOfOrderness: 1, lateness: 0), [0, 1, 2, 1, 0, 5, 0])
        {
            Finals = [(0, 2, 4), (2, 4, 1)],
            Open = [(4, 6, 1)],
            Late = [0],
        },
        new("tumbling count, size 2, grace 1, all of it lateness", Options(size: 2, slide: 2, outOfOrderness: 0, lateness: 1), [0, 1, 2, 1, 0, 5, 0])
        {
            Finals = [(0, 2, 4), (2, 4, 1)],
            Open = [(4, 6, 1)],
            Late = [0],
        },
        new("grace: size 10, grace 90", Options(size: 10, slide: 10, outOfOrderness: 0, lateness: 90), [200, 100, 101, 102, 103, 104, 105, 6])
        {
            Finals = [],
            Open = [(200, 210, 1)],
            Late = [100, 101, 102, 103, 104, 105, 6],
        },
        new("sliding 5000 by 1000", Options(size: 5000, slide: 1000, outOfOrderness: 0, lateness: 0), [0])
        {
            Finals = [],
            Open = [(-4000, 1000, 1), (-3000, 2000, 1), (-2000, 3000, 1), (-1000, 4000, 1), (0, 5000, 1)],
        },
        new("clean-up: window [0,20), lateness 20, watermark 38", Options(size: 20, slide: 20, outOfOrderness: 0, lateness: 20), [7, 39, 8])
        {
            Watermarks = [6, 38, 38],
            Finals = [],
            Open = [(0, 20, 2), (20, 40, 1)],
            OpenPanes = [1, 2, 2],
        },
        new("clean-up: window [0,20), lateness 20, watermark 39", Options(size: 20, slide: 20, outOfOrderness: 0, lateness: 20), [7, 40, 8])
        {
            Watermarks = [6, 39, 39],
            Finals = [(0, 20, 1)],
            Open = [(40, 60, 1)],
            Late = [8],
            OpenPanes = [1, 1, 1],
        },
        new("accept rule: end 100, stream time 106, grace 7", Options(size: 10, slide: 10, outOfOrderness: 3, lateness: 4), [106, 99, 90])
        {
            Finals = [],
            Open = [(90, 100, 2), (100, 110, 1)],
        },
        new("accept rule: end 100, stream time 107, grace 7", Options(size: 10, slide: 10, outOfOrderness: 3, lateness: 4), [107, 99, 100])
        {
            Finals = [],
            Open = [(100, 110, 2)],
            Late = [99],
        },
        new("accept rule before the epoch", Options(size: 10, slide: 5, outOfOrderness: 1, lateness: 1), [-11, -22, -23, 0])
        {
            // At stream time −11 windows that end at −13 or before are closed, and −22 is only in such that end at −20 and −15.
            Finals = [(-20, -10, 1), (-15, -5, 1)],
            Open = [(-5, 5, 1), (0, 10, 1)],
            Late = [-22, -23],
        },
    ];

    public static TheoryData<string, int> CasesAndStops()
    {
        var data = new TheoryData<string, int>();
        foreach (var test in Cases)
        {
            for (var stop = 0; stop <= test.Times.Length; stop++)
            {
                data.Add(test.Name, stop);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CasesAndStops))]
    public void Has_the_known_answer(string name, int stopBefore)
    {
        var test = Cases.Single(one => one.Name == name);
        var run = new WindowRun(test.Options);
        var late = new List<long>();
        for (var i = 0; i < test.Times.Length; i++)
        {
            if (i == stopBefore)
            {
                run.Restart();
            }

            if (!run.Add(test.Times[i]))
            {
                late.Add(test.Times[i]);
            }

            run.Commit();
            Assert.Equal(test.Watermarks?[i] ?? run.Operator.Watermark, run.Operator.Watermark);
            Assert.Equal(test.OpenPanes?[i] ?? run.Operator.OpenPanes, run.Operator.OpenPanes);
        }

        Assert.Equal(test.Finals, run.Finals);
        Assert.Equal(test.Open, run.Open);
        Assert.Equal(test.Late, late);
        Assert.Equal(test.Late.Length, run.Late);
    }

    [Fact]
    public void There_is_no_watermark_before_the_first_event()
    {
        var run = new WindowRun(Options(size: 10, slide: 10, outOfOrderness: 10, lateness: 0));
        Assert.Null(run.Operator.Watermark);
        Assert.Null(run.Operator.OpenFrom);
        run.Restart();
        Assert.Null(run.Operator.Watermark);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("wait 1000", false)]
    [InlineData("wait 1001", true)]
    [InlineData("wait 1001, event", false)]
    [InlineData("wait 900, event, wait 900", false)]
    [InlineData("event, wait 1001", true)]
    [InlineData("wait 5000, event, wait 1001", true)]
    public void An_input_is_active_at_first_idle_after_more_than_a_second_and_active_at_its_next_event(string steps, bool idle)
    {
        var time = new FakeTimeProvider();
        var idleness = new Idleness(TimeSpan.FromSeconds(1), time);
        foreach (var step in steps.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "event")
            {
                idleness.Observe();
            }
            else
            {
                time.Advance(TimeSpan.FromMilliseconds(int.Parse(step.AsSpan(5))));
            }
        }

        Assert.Equal(idle, idleness.IsIdle);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_idle_time_of_zero_or_less_is_refused(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Idleness(TimeSpan.FromMilliseconds(milliseconds), new FakeTimeProvider()));

    private static WindowOptions Options(long size, long slide, long outOfOrderness, long lateness) =>
        WindowStreams.Milliseconds(size, slide, outOfOrderness, lateness);
}
