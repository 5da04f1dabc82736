using System.Text;

using CsCheck;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class DeadLetterParserTests : IDisposable
{
    private static readonly Gen<string> _name = HostileText.Gen.Where(text => text.Length > 0);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_comment_that_was_read_comes_back_as_it_was() =>
        Gen.Select(
            Gen.Select(_name, HostileText.Gen, _name.Null(), _name),
            Gen.Select(_name.Null(), _name.Null(), _name.Null(), Gen.Int.Nullable()),
            Gen.DateTimeOffset.Nullable(),
            Gen.Bool).Sample((names, more, createdAt, deleted) =>
            {
                var comment = new IncomingComment
                {
                    ExternalId = names.Item1,
                    Body = names.Item2,
                    Author = names.Item3,
                    Community = names.Item4,
                    ThreadId = more.Item1,
                    ParentId = more.Item2,
                    Url = more.Item3,
                    Score = more.Item4,
                    CreatedAt = createdAt,
                    Deleted = deleted,
                };

                var letter = DeadLetter.FromComment(comment, "id x", "It could not be scored.");

                Assert.True(DeadLetterParser.TryRead(letter, out var again, out var reason), reason);
                Assert.Equal(comment, again);
                Assert.Equal(0, letter.Record);

                // Storing replaces what UTF-8 and SQLite cannot hold; there must be none of it.
                Assert.Equal(letter.Original, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(letter.Original)));
                Assert.DoesNotContain('\0', letter.Original);
            });

    /// <summary>What was broken stays broken for the same reason: the replay reads what the file's reader read.</summary>
    [Fact]
    public void A_row_of_a_file_is_read_again_without_its_file_and_fails_for_the_same_reason() =>
        RandomFiles.Any.Sample(
            file =>
            {
                using var stream = new MemoryStream(file.Content);
                using var reader = CommentFileReader.Open(stream, file.Name, new CommentFileOptions());
                while (reader.Read())
                {
                    var expected = reader.Current;
                    var letter = reader.ToDeadLetter("Whatever.");
                    var read = DeadLetterParser.TryRead(letter, out var comment, out var reason);

                    if (expected.Row is { } row && row.TryToComment(out var original, out var problem))
                    {
                        Assert.True(read, reason);
                        Assert.Equal(original, comment);
                    }
                    else
                    {
                        Assert.False(read);
                        Assert.Equal(expected.DeadLetter?.Reason ?? (expected.Row!.TryToComment(out _, out var why) ? "" : why), reason);
                    }
                }
            },
            iter: 500, threads: 1);

    [Theory]
    [InlineData("a.csv", "id,words,date\n,hello,never\n", DeadLetterForm.Csv)]
    [InlineData("a.tsv", "id\twords\tdate\n\thello, you\tnever\n", DeadLetterForm.Tsv)]
    [InlineData("a.ndjson", "{\"words\":\"hello\",\"date\":\"never\"}\n", DeadLetterForm.Ndjson)]
    public void A_mended_row_keeps_its_record_number_and_the_column_that_was_named(string name, string content, DeadLetterForm form)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        using var reader = CommentFileReader.Open(stream, name, new CommentFileOptions { BodyColumn = "words" });
        Assert.True(reader.Read());
        var letter = reader.ToDeadLetter("'never' is not a time.");

        Assert.Equal(form, letter.Form);
        Assert.False(DeadLetterParser.TryRead(letter, out _, out var reason));
        Assert.Contains("'never'", reason, StringComparison.Ordinal);
        var mended = letter with { Original = letter.Original.Replace("never", "2026-01-01T00:00:00Z", StringComparison.Ordinal) };
        Assert.True(DeadLetterParser.TryRead(mended, out var comment, out _));
        Assert.Equal("1", comment.ExternalId);
        Assert.StartsWith("hello", comment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_whole_or_of_no_known_form_says_so()
    {
        var long1 = new IncomingComment { ExternalId = "1", Body = new string('x', DeadLetter.MaxOriginalLength) };
        var cut = DeadLetter.FromComment(long1, "id 1", "No.");
        Assert.True(cut.Cut);
        Assert.Equal(DeadLetter.MaxOriginalLength, cut.Original.Length);
        Assert.False(DeadLetterParser.TryRead(cut, out _, out var reason));
        Assert.Contains("too long", reason, StringComparison.Ordinal);

        Assert.False(DeadLetterParser.TryRead(DeadLetter.Create("line 1", "No.", "{\"body\":\"x\"}"), out _, out reason));
        Assert.Contains("form", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_too_long_to_keep_is_left_out_and_the_row_marked()
    {
        var header = "body," + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"c{i}"));
        var record = Assert.Single(CommentFile.Read(_folder.Write("a.csv", header + "\nx\n"), new CommentFileOptions()));

        Assert.True(record.DeadLetter!.Cut);
        Assert.Null(record.DeadLetter.Header);
    }
}
