using CsCheck;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class WindowPropertyTests
{
    [Fact]
    public void Any_stream_gives_the_results_of_the_rules_written_down_the_slow_way() =>
        Gen.Select(WindowStreams.Options, WindowStreams.Streams).Sample(static (options, stream) =>
        {
            var (run, reference) = (new WindowRun(options), new ReferenceWindows(options));
            foreach (var (entry, commit) in stream)
            {
                Assert.Equal(reference.Add(entry), run.Add(entry));
                if (commit)
                {
                    Assert.Equal(Sorted(reference.Take()), Sorted(run.Commit()));
                }
            }

            Assert.Equal(Sorted(reference.Take()), Sorted(run.Commit()));
        }, iter: 5_000);

    [Fact]
    public void Any_stream_stopped_and_started_behind_any_commit_gives_the_results_of_one_that_never_stopped() =>
        Gen.Select(WindowStreams.Options, WindowStreams.Streams, Gen.Int[1, 20], Gen.Bool.Array[60]).Sample(static (options, stream, maxPanes, stops) =>
        {
            var (whole, stopped) = (new WindowRun(options, maxPanes), new WindowRun(options, maxPanes));
            for (var i = 0; i < stream.Length; i++)
            {
                Assert.Equal(whole.Add(stream[i].Event), stopped.Add(stream[i].Event));
                if (stream[i].Commit || stops[i])
                {
                    Assert.Equal(Sorted(whole.Commit()), Sorted(stopped.Commit()));
                    if (stops[i])
                    {
                        stopped.Restart();
                    }

                    Assert.Equal(whole.Operator.Watermark, stopped.Operator.Watermark);
                    Assert.Equal(whole.Operator.OpenPanes, stopped.Operator.OpenPanes);
                    Assert.Equal(whole.StoredPanes, stopped.StoredPanes);
                }
            }

            Assert.Equal(whole.Late, stopped.Late);
            Assert.Equal(whole.Overflowed, stopped.Overflowed);
            Assert.Equal(whole.Changes, stopped.Changes);
        }, iter: 5_000);

    [Fact]
    public void The_deltas_of_any_stream_add_up_to_what_was_accepted_however_it_is_committed() =>
        Gen.Select(WindowStreams.Options, WindowStreams.Streams).Sample(static (options, stream) =>
        {
            var run = new WindowRun(options);
            var accepted = default(WindowTotals);
            foreach (var (entry, commit) in stream)
            {
                accepted = run.Add(entry) ? accepted + entry.One : accepted;
                if (commit)
                {
                    run.Commit();
                }
            }

            run.Commit();
            Assert.Equal(accepted, run.Changes.Aggregate(default(WindowTotals), static (sum, change) => sum + change.Delta));
            foreach (var pane in run.Changes.GroupBy(static change => (change.Community, change.Start)))
            {
                Assert.Equal(pane.Last().Totals, pane.Aggregate(default(WindowTotals), static (sum, change) => sum + change.Delta));
            }
        });

    [Fact]
    public void Only_panes_with_an_open_window_stay() =>
        Gen.Select(WindowStreams.Options, WindowStreams.Streams).Sample(static (options, stream) =>
        {
            var run = new WindowRun(options);
            foreach (var (entry, _) in stream)
            {
                run.Add(entry);
                run.Commit();

                // Panes are stored until they start before OpenFrom: the operator must keep the same ones.
                Assert.Equal(run.StoredPanes, run.Operator.OpenPanes);
            }
        });

    private static List<WindowResult> Sorted(IEnumerable<WindowResult> results) =>
        [.. results.OrderBy(static result => result.End).ThenBy(static result => result.Community)];
}
