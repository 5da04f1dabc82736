using CsCheck;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

/// <summary>Reading in several runs gives what one run gives, whatever the file and wherever the cut.</summary>
public sealed class FileResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_runs_read_exactly_what_one_does_wherever_the_first_stopped() =>
        Gen.Select(RandomFiles.Any, Gen.Int[1, 4]).Sample(
            (file, batchSize) =>
            {
                var path = _folder.Write(file.Name, file.Content);
                var all = Read(path, batchSize, null);
                var items = Items(all);
                for (var cut = 0; cut < all.Count; cut++)
                {
                    Assert.Equal(items, [.. Items(all.Take(cut + 1)), .. Items(Read(path, batchSize, all[cut].Position))]);
                }
            },
            iter: 1_000, threads: 1);

    [Fact]
    public void A_file_that_grows_between_two_runs_is_read_as_if_it_had_been_whole() =>
        Gen.Select(RandomFiles.Any, Gen.Double[0, 1]).Sample(
            (file, share) =>
            {
                var whole = Items(Read(_folder.Write(file.Name, file.Content), batchSize: 1, null));
                var path = _folder.Write(file.Name, file.Content[..(int)(share * file.Content.Length)]);
                List<CommentBatch> first;
                try
                {
                    first = Read(path, batchSize: 1, null);
                }
                catch (SourceException)
                {
                    // Cut in the header.
                    return;
                }

                _folder.Write(file.Name, file.Content);
                var second = Items(Read(path, batchSize: 1, first.Count > 0 ? first[^1].Position : null));

                // The last record of the first run stood at the file's end and is read once more if it was not whole.
                var before = Items(first);
                var once = before.Concat(second).SequenceEqual(whole);
                var twice = before.Count > 0 && before.SkipLast(1).Concat(second).SequenceEqual(whole);
                Assert.True(once || twice);
                Assert.False(once && twice);
            },
            iter: 1_000, threads: 1);

    /// <summary>Bytes that arrive one by one, or a few at a time, are the same file.</summary>
    [Fact]
    public void It_does_not_matter_in_which_pieces_the_bytes_arrive() =>
        Gen.Select(RandomFiles.Any, Gen.Int[1, 7]).Sample(
            (file, piece) =>
            {
                using var whole = new MemoryStream(file.Content);
                using var pieces = new PiecewiseStream(file.Content, piece);

                Assert.Equal(
                    CommentFile.Read(whole, file.Name, new CommentFileOptions()).Select(Describe),
                    CommentFile.Read(pieces, file.Name, new CommentFileOptions()).Select(Describe));
            },
            iter: 500, threads: 1);

    private static (long, string?, string?, long?, DeadLetter?) Describe(FileRecord record) =>
        (record.Number, record.Row?.Id, record.Row?.Body, record.Row?.Line, record.DeadLetter);

    private static List<CommentBatch> Read(string path, int batchSize, SourcePosition? after)
    {
        using var reader = new FileBatchReader(new FileSourceOptions { Name = "archive", Path = path }, batchSize, after, holdBack: false);
        var batches = new List<CommentBatch>();
        while (reader.Read(TestContext.Current.CancellationToken) is { } batch)
        {
            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>What was read, in the file's order as far as batches tell it: within one, dead letters come first.</summary>
    private static List<object> Items(IEnumerable<CommentBatch> batches) =>
        [.. batches.SelectMany(batch => batch.DeadLetters.Cast<object>().Concat(batch.Comments))];

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
    }
}
