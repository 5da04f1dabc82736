using CsCheck;

using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing;

public sealed class StorePropertyTests
{
    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 11],
        (id, text, flagged, cut) => new Step(
            $"id{id}", text == 3 ? null : $"text {text}", flagged,
            cut switch { 0 => Cut.Restart, 1 or 2 or 3 => Cut.Commit, _ => Cut.None }));

    private enum Cut
    {
        None,

        /// <summary>The batch ends here.</summary>
        Commit,

        /// <summary>The batch ends here, and the desk starts anew.</summary>
        Restart,
    }

    [Fact]
    public async Task Any_sequence_cut_anywhere_and_restarted_anywhere_ends_with_the_rows_of_a_simple_model() =>
        await _step.Array[1, 40].SampleAsync(
            async steps =>
            {
                using var folder = new TemporaryFolder();
                var model = new Dictionary<string, Expected>();
                var desk = await TestDesk.CreateAsync(folder.Path);
                try
                {
                    var batch = new List<ScoredComment>();
                    foreach (var step in steps)
                    {
                        Expected.Apply(model, step);
                        batch.Add(step.ToComment());
                        if (step.Cut != Cut.None)
                        {
                            await desk.StoreAsync([.. batch]);
                            batch.Clear();
                        }

                        if (step.Cut == Cut.Restart)
                        {
                            await desk.DisposeAsync();
                            desk = await TestDesk.CreateAsync(folder.Path);
                        }
                    }

                    await desk.StoreAsync([.. batch]);
                    Compare(desk, model);
                }
                finally
                {
                    await desk.DisposeAsync();
                }
            },
            iter: 40,
            threads: 2);

    private static void Compare(TestDesk desk, Dictionary<string, Expected> model)
    {
        var rows = desk.Look(context => context.Comments.OrderBy(row => row.Id).ToList());
        Assert.Equal(model.Values.OrderBy(row => row.Order).Select(row => row.Id), rows.Select(row => row.ExternalId));
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(id => (long)id), rows.Select(row => row.Id));
        foreach (var row in rows)
        {
            var expected = model[row.ExternalId];
            Assert.Equal(expected.Texts, desk.Texts(row.ExternalId));
            Assert.Equal(
                (expected.Texts.Count, expected.Version, expected.Status, expected.Withdrawn, expected.Flagged),
                (row.TextVersion, row.Version, row.Status, row.WithdrawnAt is not null, row.Flagged));
            Assert.Equal(expected.Texts.Count, desk.Look(context => context.Predictions.Count(prediction => prediction.CommentId == row.Id)));
        }
    }

    /// <param name="Text">Null withdraws.</param>
    private sealed record Step(string Id, string? Text, bool Flagged, Cut Cut)
    {
        public ScoredComment ToComment() => Text is null ? Withdrawn(Id) : Scored(Id, Text, Flagged ? Over : Under);
    }

    /// <summary>What the store should hold of one comment, told as plainly as can be.</summary>
    private sealed class Expected(string id, int order)
    {
        public string Id => id;

        public int Order => order;

        public List<string> Texts { get; } = [];

        public int Version { get; private set; }

        public CommentStatus Status { get; private set; }

        public bool Withdrawn { get; private set; }

        public bool Flagged { get; private set; }

        public static void Apply(Dictionary<string, Expected> model, Step step)
        {
            if (!model.TryGetValue(step.Id, out var row))
            {
                if (step.Text is null)
                {
                    return;
                }

                model[step.Id] = row = new Expected(step.Id, model.Count);
            }

            if (step.Text is null ? row.Withdrawn : row.Texts.LastOrDefault() == step.Text)
            {
                return;
            }

            row.Version++;
            if (step.Text is null)
            {
                row.Withdrawn = true;
                row.Status = CommentStatus.Unflagged;
                return;
            }

            row.Texts.Add(step.Text);
            row.Flagged = step.Flagged;
            row.Status = step.Flagged && !row.Withdrawn ? CommentStatus.Pending : row.Status;
        }
    }
}
