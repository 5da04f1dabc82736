using Moderation.Benchmarks.Texts;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Benchmarks;

public sealed class CommentGeneratorTests
{
    [Fact]
    public void No_two_comments_are_the_same_once_normalised()
    {
        var comments = new CommentGenerator(seed: 1).Take(20_000).ToList();

        Assert.Equal(20_000, comments.Select(comment => TextHash.Of(comment.Body)).Distinct().Count());
        Assert.All(comments, comment => Assert.InRange(comment.Body.Length, 150, 300));
        Assert.InRange(comments.Count(comment => comment.Removed) / 20_000.0, 0.25, 0.45);
    }

    [Fact]
    public void The_seed_decides_which_comments_there_are()
    {
        var comments = new CommentGenerator(seed: 1).Take(500).ToList();

        Assert.Equal(comments, new CommentGenerator(seed: 1).Take(500));
        Assert.Equal(comments, new CommentGenerator(seed: 1).Take(1_000).Take(500));
        Assert.NotEqual(comments, new CommentGenerator(seed: 2).Take(500));
    }
}
