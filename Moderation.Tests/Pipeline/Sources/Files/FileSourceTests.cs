using System.Globalization;
using System.Text;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class FileSourceTests : IDisposable
{
    private const string Mixed = "id,body,created_at\n1,one,\n2,\"two\nlines\",\nbroken\n4,four,never\n5,five,1600000000\n6,six,\n7,seven,\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_read_once_in_order_and_what_cannot_be_is_dead_lettered()
    {
        var batches = await ReadAsync(Source(_folder.Write("a.csv", Mixed)));

        Assert.Equal(["1", "2", "5", "6", "7"], Ids(batches));
        Assert.Equal(["line 5", "line 6"], batches.SelectMany(batch => batch.DeadLetters).Select(letter => letter.Place));
        Assert.All(batches, batch => Assert.Equal("archive", batch.Source));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Resuming_behind_any_batch_gives_exactly_what_remains(int batchSize)
    {
        var path = _folder.Write("a.csv", Mixed);
        var all = await ReadAsync(Source(path, batchSize));

        for (var cut = 0; cut <= all.Count; cut++)
        {
            var after = cut == 0 ? null : all[cut - 1].Position;
            var rest = await ReadAsync(Source(path, batchSize), after);

            Assert.Equal(Ids(all.Skip(cut)), Ids(rest));
            Assert.Equal(all.Skip(cut).Sum(batch => batch.Read), rest.Sum(batch => batch.Read));
        }
    }

    [Fact]
    public async Task A_batch_never_holds_more_than_its_size_dead_letters_counted()
    {
        var batches = await ReadAsync(Source(_folder.Write("a.csv", Mixed), batchSize: 2));

        Assert.Equal([2, 2, 2, 1], batches.Select(batch => batch.Read));
    }

    [Fact]
    public async Task Rows_without_ids_keep_theirs_when_reading_resumes()
    {
        var path = _folder.Write("a.csv", "body\na\nb\nc\nd\n");
        var all = await ReadAsync(Source(path, batchSize: 2));

        Assert.Equal(["1", "2", "3", "4"], Ids(all));
        Assert.Equal(["3", "4"], Ids(await ReadAsync(Source(path, batchSize: 2), all[0].Position)));
    }

    [Fact]
    public async Task A_file_that_grew_goes_on_where_it_stopped()
    {
        var path = _folder.Write("a.csv", "id,body\n1,one\n2,two\n");
        var position = (await ReadAsync(Source(path)))[^1].Position;

        Assert.Empty(await ReadAsync(Source(path), position));
        await File.AppendAllTextAsync(path, "3,three\n", TestContext.Current.CancellationToken);
        var grown = await ReadAsync(Source(path), position);
        Assert.Equal(["3"], Ids(grown));

        await File.AppendAllTextAsync(path, "4,four\n", TestContext.Current.CancellationToken);
        Assert.Equal(["4"], Ids(await ReadAsync(Source(path), grown[^1].Position)));
    }

    [Fact]
    public async Task A_large_file_that_grew_goes_on_too()
    {
        var path = _folder.Write("a.csv", "id,body\n" + string.Concat(Enumerable.Range(1, 2000).Select(i => $"{i},{new string('x', 80)}\n")));
        var position = (await ReadAsync(Source(path)))[^1].Position;

        await File.AppendAllTextAsync(path, "new,x\n", TestContext.Current.CancellationToken);

        Assert.Equal(["new"], Ids(await ReadAsync(Source(path), position)));
    }

    [Theory]
    [InlineData("id,body\n1,ONE\n2,two\n3,three\n")]
    [InlineData("id,body\n1,one\n")]
    public async Task Another_file_under_the_same_name_is_refused_rather_than_mixed_in(string other)
    {
        var path = _folder.Write("a.csv", "id,body\n1,one\n2,two\n");
        var position = (await ReadAsync(Source(path)))[^1].Position;
        _folder.Write("a.csv", other);

        var error = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(Source(path), position));

        Assert.Contains("archive", error.Message, StringComparison.Ordinal);
        Assert.Contains("--source", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("a b c")]
    [InlineData("-1 10 abc")]
    [InlineData("1 99999999999 abc")]
    public async Task A_position_of_something_else_is_refused(string position)
    {
        var source = Source(_folder.Write("a.csv", "body\nx\n"));

        await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source, new SourcePosition(position)));
    }

    [Fact]
    public async Task A_missing_file_is_said_when_reading_begins()
    {
        var source = Source(_folder.File("nowhere.csv"));

        await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task A_rate_is_never_exceeded_and_reached(double rate)
    {
        const int Rows = 200;
        var path = _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"c{i}\n")));
        var time = new FakeTimeProvider();
        var started = time.GetTimestamp();
        var source = new FileSource(new FileSourceOptions { Name = "archive", Path = path, Rate = rate, BatchSize = 50 }, time);
        var read = 0;

        await using var batches = source.ReadAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (await time.AdvanceUntilDoneAsync(batches.MoveNextAsync().AsTask(), TimeSpan.FromMilliseconds(10)))
        {
            var allowed = (rate * time.GetElapsedTime(started).TotalSeconds) + Math.Max(1, rate / 10);
            read += batches.Current.Read;
            Assert.True(read <= allowed + 1e-6, $"{read} read where {allowed} are allowed");
        }

        Assert.Equal(Rows, read);
    }

    [Fact]
    public async Task A_cancelled_reading_ends()
    {
        var path = _folder.Write("a.csv", "body\na\nb\nc\n");
        var source = new FileSource(new FileSourceOptions { Name = "archive", Path = path, Rate = 0.001 }, new FakeTimeProvider());
        using var stop = new CancellationTokenSource();
        await using var batches = source.ReadAsync(null, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await batches.MoveNextAsync());

        var next = batches.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.Guarded());
    }

    [Fact]
    public async Task A_reading_that_is_cancelled_ends_at_the_next_record_skipped_ones_included()
    {
        var path = _folder.Write("a.csv", "body\na\nb\nc\n");
        var end = (await ReadAsync(Source(path)))[^1].Position;
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        foreach (var after in new[] { null, end })
        {
            await using var batches = Source(path).ReadAsync(after, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batches.MoveNextAsync().AsTask());
        }
    }

    [Fact]
    public async Task Long_comments_close_a_batch_before_its_size_does()
    {
        var row = new string('x', 400_000) + "\n";
        var path = _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Repeat(row, 7)));

        var batches = await ReadAsync(Source(path));

        Assert.Equal([3, 3, 1], batches.Select(batch => batch.Read));
        Assert.Equal(4, (await ReadAsync(Source(path), batches[0].Position)).Sum(batch => batch.Read));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_last_line_without_its_end_is_read_again(int batchSize)
    {
        var path = _folder.Write("a.ndjson", "{\"id\":1,\"body\":\"one\"}\n{\"id\":2,\"bo");
        var first = await ReadAsync(Source(path, batchSize));
        Assert.Equal((2, 1), (first.Sum(batch => batch.Read), first.Sum(batch => batch.DeadLetters.Count)));

        await File.AppendAllTextAsync(path, "dy\":\"two\"}\n{\"id\":3,\"body\":\"three\"}\n", TestContext.Current.CancellationToken);
        var grown = await ReadAsync(Source(path, batchSize), first[^1].Position);

        Assert.Equal(["2", "3"], Ids(grown));
        Assert.Empty(await ReadAsync(Source(path, batchSize), grown[^1].Position));
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public async Task A_last_line_that_stays_as_it_was_is_read_once_whatever_it_ends_with(string encoding, bool mark)
    {
        var text = Encoding.GetEncoding(encoding);
        foreach (var end in new[] { "", "\n", "\r\n", "\r", "\u0A15", "\u150A" })
        {
            var path = _folder.Write("a.csv", [.. mark ? text.GetPreamble() : [], .. text.GetBytes("body\none\ntwo" + end)]);
            var first = await ReadAsync(Source(path));
            Assert.Equal(["one", "two" + end.TrimEnd('\r', '\n')], Bodies(first));
            Assert.Empty(await ReadAsync(Source(path), first[^1].Position));

            var ended = end.Length > 0 && end[^1] is '\r' or '\n';
            await File.AppendAllBytesAsync(path, text.GetBytes((ended ? "" : "!\n") + "three\n"), TestContext.Current.CancellationToken);
            var grown = await ReadAsync(Source(path), first[^1].Position);

            Assert.Equal(ended ? ["three"] : ["two" + end + "!", "three"], Bodies(grown));
            Assert.Equal(ended ? ["3"] : ["2", "3"], Ids(grown));
        }
    }

    [Fact]
    public async Task A_broken_last_line_is_kept_once_as_long_as_it_does_not_change()
    {
        var path = _folder.Write("a.ndjson", "{\"body\":\"one\"}\n{\"bo");
        var first = await ReadAsync(Source(path));
        Assert.Equal("line 2", Assert.Single(first[^1].DeadLetters).Place);

        Assert.Empty(await ReadAsync(Source(path), first[^1].Position));
        await File.AppendAllTextAsync(path, "\n", TestContext.Current.CancellationToken);
        Assert.Empty(await ReadAsync(Source(path), first[^1].Position));
        await File.AppendAllTextAsync(path, "{\"body\":\"three\"}\n", TestContext.Current.CancellationToken);
        Assert.Equal(["3"], Ids(await ReadAsync(Source(path), first[^1].Position)));
    }

    [Fact]
    public async Task A_quote_that_is_closed_later_makes_the_record_whole()
    {
        var path = _folder.Write("a.csv", "body\none\n\"two\n");
        var first = await ReadAsync(Source(path));
        Assert.Single(first[^1].DeadLetters);

        await File.AppendAllTextAsync(path, "lines\"\nthree\n", TestContext.Current.CancellationToken);

        Assert.Equal(["two\nlines", "three"], Bodies(await ReadAsync(Source(path), first[^1].Position)));
    }

    [Fact]
    public async Task A_position_that_was_stored_without_bytes_resumes_by_counting()
    {
        var path = _folder.Write("a.csv", Mixed);
        var stored = (await ReadAsync(Source(path, batchSize: 1)))[2].Position!.Value.Value.Split(' ');

        var rest = await ReadAsync(Source(path), new SourcePosition(string.Join(' ', stored[..3])));

        Assert.Equal("3", stored[0]);
        Assert.Equal(["5", "6", "7"], Ids(rest));
        Assert.Equal("line 6", Assert.Single(rest.SelectMany(batch => batch.DeadLetters)).Place);
    }

    [Theory]
    [InlineData("a.csv", "id,body\n")]
    [InlineData("a.ndjson", "")]
    public async Task What_lies_before_the_position_is_not_read_again(string name, string header)
    {
        // More than the fingerprint covers; what lies behind it may be spoiled without being noticed.
        var rows = string.Concat(Enumerable.Range(0, 3000).Select(i => name == "a.csv" ? $"{i},{new string('x', 80)}\n" : $"{{\"id\":{i},\"body\":\"{new string('x', 80)}\"}}\n"));
        var path = _folder.Write(name, header + rows);
        var all = await ReadAsync(Source(path, batchSize: 100));
        await using (var file = File.OpenWrite(path))
        {
            file.Position = 70_000;
            await file.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken);
        }

        Assert.Equal(["2900"], Ids(await ReadAsync(Source(path, batchSize: 100), all[28].Position)).Take(1));
    }

    [Fact]
    public async Task A_file_that_was_shortened_or_edited_is_refused_even_where_its_beginning_is_as_it_was()
    {
        var row = new string('x', 80) + "\n";
        var path = _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Repeat(row, 2000)));
        var all = await ReadAsync(Source(path));

        _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Repeat(row, 1000)) + "y" + string.Concat(Enumerable.Repeat(row, 1000)));
        Assert.Contains("--source", (await Assert.ThrowsAsync<SourceException>(() => ReadAsync(Source(path), all[^1].Position))).Message, StringComparison.Ordinal);
        _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Repeat(row, 1000)));
        Assert.Contains("--source", (await Assert.ThrowsAsync<SourceException>(() => ReadAsync(Source(path), all[^1].Position))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_whose_time_alone_is_unreadable_is_kept_whole()
    {
        var batches = await ReadAsync(Source(_folder.Write("a.csv", "id,body,created_at\n1,one,never\n")));

        var letter = Assert.Single(batches[0].DeadLetters);
        Assert.Equal(("1,one,never", "id,body,created_at", DeadLetterForm.Csv, 1), (letter.Original, letter.Header, letter.Form, letter.Record));
    }

    [Fact]
    public async Task A_reader_that_goes_away_leaves_the_file_free()
    {
        var path = _folder.Write("a.csv", "body\n" + string.Concat(Enumerable.Repeat("x\n", 5000)));
        await foreach (var batch in Source(path, batchSize: 10).ReadAsync(null, TestContext.Current.CancellationToken))
        {
            Assert.Equal(10, batch.Read);
            break;
        }

        await using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.Length > 0);
    }

    [Fact]
    public async Task Ndjson_resumes_at_every_line_blank_and_broken_ones_included()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 12; i++)
        {
            text.Append(i % 4 == 3 ? "{broken\n" : string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{i},\"body\":\"b\"}}\n\n"));
        }

        var path = _folder.Write("a.ndjson", text.ToString());
        var all = await ReadAsync(Source(path, batchSize: 1));
        Assert.Equal(12, all.Count);
        for (var cut = 1; cut <= all.Count; cut++)
        {
            Assert.Equal(Ids(all.Skip(cut)), Ids(await ReadAsync(Source(path, batchSize: 1), all[cut - 1].Position)));
        }
    }

    private static FileSource Source(string path, int batchSize = 256) =>
        new(new FileSourceOptions { Name = "archive", Path = path, BatchSize = batchSize }, TimeProvider.System);

    private static async Task<List<CommentBatch>> ReadAsync(FileSource source, SourcePosition? after = null)
    {
        var batches = new List<CommentBatch>();
        await foreach (var batch in source.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            batches.Add(batch);
        }

        return batches;
    }

    private static IEnumerable<string> Bodies(IEnumerable<CommentBatch> batches) =>
        batches.SelectMany(batch => batch.Comments).Select(comment => comment.Body);

    private static IEnumerable<string> Ids(IEnumerable<CommentBatch> batches) =>
        batches.SelectMany(batch => batch.Comments).Select(comment => comment.ExternalId);
}
