using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class PoisonTests
{
    /// <summary>Refuses one text, as a broken constraint or an extension gone wrong would.</summary>
    private const string Trap =
        """
        CREATE TRIGGER Trap BEFORE INSERT ON CommentTexts WHEN NEW.Body LIKE '%poison%'
        BEGIN SELECT RAISE(ABORT, 'it is poison'); END
        """;

    [Fact]
    public async Task A_comment_that_cannot_be_stored_becomes_a_dead_letter_and_the_others_are_kept()
    {
        await using var desk = await PoisonedDeskAsync();

        var committed = await desk.Get<IPredictionStore>().CommitAsync(
            [Batch([Scored("a"), Scored("b", "poison", author: "new"), Scored("c", author: "new")], position: "1"), Batch([Scored("d")], position: "2")], Stop);

        Assert.Single(committed);
        Assert.Equal(["a", "c"], committed[0].Comments.Select(comment => comment.Scored.Comment.ExternalId));
        Assert.Equal(["a", "c"], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
        Assert.Equal("new", desk.Look(context => context.Authors.Single(author => author.Id == context.Comments.Single(row => row.ExternalId == "c").AuthorId).Name));
        var letter = desk.Look(context => context.DeadLetters.Single());
        Assert.Contains("it is poison", letter.Reason, StringComparison.Ordinal);
        Assert.Contains("b", letter.Place, StringComparison.Ordinal);
        Assert.Contains("poison", letter.Original, StringComparison.Ordinal);
        Assert.Equal("1", desk.Look(context => context.Checkpoints.Single().Position));
    }

    [Fact]
    public async Task The_flow_comes_past_it_and_everything_behind_it_is_committed_once()
    {
        await using var desk = await PoisonedDeskAsync();
        desk.UseAnyModel();

        await desk.RunFlowAsync(async flow =>
        {
            var commits = new List<Task<CommittedBatch>>();
            foreach (var name in new[] { "a", "b", "poison", "c" })
            {
                commits.Add(await flow.EnterAsync(
                    new CommentBatch(Forum, [new IncomingComment { ExternalId = name, Body = name }]) { Position = new SourcePosition(name) }, Stop));
            }

            return await Task.WhenAll(commits);
        });

        Assert.Equal(["a", "b", "c"], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
        Assert.Equal(1, desk.Look(context => context.DeadLetters.Count()));
        Assert.Equal("c", desk.Look(context => context.Checkpoints.Single().Position));
    }

    private static async Task<TestDesk> PoisonedDeskAsync()
    {
        var desk = await TestDesk.CreateAsync();
        await using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = Trap;
        command.ExecuteNonQuery();
        return desk;
    }
}
