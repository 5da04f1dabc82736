using System.Globalization;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Sample;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Sample;

public sealed class SampleSourceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_pass_ends_and_every_step_of_it_was_streamed()
    {
        var source = new SampleSource(new SampleOptions { Rate = 10_000 }, _time);

        var batches = await ReadAsync(source, after: null, most: long.MaxValue);

        Assert.Equal(source.Length, batches.Sum(batch => batch.Read));
        Assert.All(batches, batch => Assert.InRange(batch.Read, 1, 256));
        Assert.Equal(source.Length.ToString(CultureInfo.InvariantCulture), batches[^1].Position!.Value.Value);
        Assert.Empty(await ReadAsync(source, batches[^1].Position, most: long.MaxValue));
    }

    [Fact]
    public async Task A_looping_sample_goes_on_behind_the_pass()
    {
        var source = new SampleSource(new SampleOptions { Rate = 10_000, Loop = true }, _time);

        var batches = await ReadAsync(source, new SourcePosition((source.Length - 10).ToString(CultureInfo.InvariantCulture)), most: 1000);

        Assert.True(batches.Sum(batch => batch.Read) >= 1000);
    }

    [Fact]
    public async Task Resuming_at_any_position_gives_the_same_ids_and_texts()
    {
        var source = new SampleSource(new SampleOptions { Rate = 100, BatchSize = 16 }, _time);
        var all = await ReadAsync(source, after: null, most: 300);
        var expected = all.SelectMany(batch => batch.Comments).Select(comment => (comment.ExternalId, comment.Body)).ToList();
        var read = 0;
        foreach (var batch in all)
        {
            read += batch.Read;
            var rest = await ReadAsync(source, batch.Position, most: expected.Count - read + 1);
            Assert.Equal(
                expected.Skip(read),
                rest.SelectMany(later => later.Comments).Select(comment => (comment.ExternalId, comment.Body)).Take(expected.Count - read));
        }
    }

    [Fact]
    public async Task The_rate_is_kept()
    {
        var source = new SampleSource(new SampleOptions { Rate = 5 }, _time);
        var started = _time.GetTimestamp();
        var read = 0;
        await using var batches = source.ReadAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (read < 100)
        {
            Assert.True(await _time.AdvanceUntilDoneAsync(batches.MoveNextAsync().AsTask(), TimeSpan.FromMilliseconds(20)));
            read += batches.Current.Read;
            Assert.True(read <= (5 * _time.GetElapsedTime(started).TotalSeconds) + 1);
        }
    }

    [Fact]
    public async Task A_position_of_something_else_is_refused()
    {
        var source = new SampleSource(new SampleOptions(), _time);

        await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source, new SourcePosition("12 34 ab"), most: 1));
    }

    private async Task<List<CommentBatch>> ReadAsync(SampleSource source, SourcePosition? after, long most)
    {
        var read = new List<CommentBatch>();
        await using var batches = source.ReadAsync(after, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (read.Sum(batch => batch.Read) < most
            && await _time.AdvanceUntilDoneAsync(batches.MoveNextAsync().AsTask(), TimeSpan.FromMilliseconds(50)))
        {
            read.Add(batches.Current);
        }

        return read;
    }
}
