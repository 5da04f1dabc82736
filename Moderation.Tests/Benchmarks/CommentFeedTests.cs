using System.Text.Json;

using Moderation.Benchmarks.Texts;
using Moderation.Tests.Support;

namespace Moderation.Tests.Benchmarks;

public sealed class CommentFeedTests
{
    private static readonly string[] _bodies = ["first", "second", "third"];

    [Fact]
    public void Ids_that_grow_do_so_as_texts_across_files()
    {
        using var folder = new TemporaryFolder();
        var feed = new CommentFeed(_bodies, CommentIds.Growing, seed: 1);

        var ids = Read(feed, folder, 600).Concat(Read(feed, folder, 400)).Select(line => line.Text("id")!).ToList();

        Assert.Equal(1_000, feed.Count);
        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
    }

    [Fact]
    public void Random_ids_are_all_different_and_in_no_order()
    {
        using var folder = new TemporaryFolder();

        var ids = Read(new CommentFeed(_bodies, CommentIds.Random, seed: 1), folder, 1_000).ConvertAll(line => line.Text("id")!);

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.InRange(ids.Zip(ids.Skip(1), (one, next) => string.CompareOrdinal(one, next) < 0).Count(grows => grows), 400, 600);
        Assert.All(ids, id => Assert.True(Guid.TryParse(id, out _)));
    }

    [Fact]
    public void Times_grow_in_a_disorder_below_a_minute_and_communities_and_authors_are_many()
    {
        using var folder = new TemporaryFolder();

        var lines = Read(new CommentFeed(_bodies, CommentIds.Growing, seed: 1), folder, 2_000);

        var times = lines.ConvertAll(line => line.GetProperty("createdAt").GetDateTimeOffset());
        var newest = times[0];
        Assert.Contains(times.Zip(times.Skip(1)), pair => pair.Second < pair.First);
        Assert.All(times, time =>
        {
            newest = time > newest ? time : newest;
            Assert.InRange(newest - time, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        });
        Assert.Equal(12, lines.Select(line => line.Text("community")).Distinct().Count());
        Assert.InRange(lines.Select(line => line.Text("author")).Distinct().Count(), 200, 2_000);
    }

    [Fact]
    public void The_seed_decides_every_line()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(Text(1), Text(1));
        Assert.NotEqual(Text(1), Text(2));

        string Text(int seed)
        {
            new CommentFeed(_bodies, CommentIds.Random, seed).Write(folder.File("feed"), 50, TestContext.Current.CancellationToken);
            return File.ReadAllText(folder.File("feed"));
        }
    }

    private static List<JsonElement> Read(CommentFeed feed, TemporaryFolder folder, int rows)
    {
        var bytes = feed.Write(folder.File("feed"), rows, TestContext.Current.CancellationToken);
        Assert.Equal(new FileInfo(folder.File("feed")).Length, bytes);
        return [.. File.ReadLines(folder.File("feed")).Select(line => JsonElement.Parse(line))];
    }
}
