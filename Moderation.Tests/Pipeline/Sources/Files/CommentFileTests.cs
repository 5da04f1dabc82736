using System.Text;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class CommentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_rows_are_read_with_their_numbers_and_lines()
    {
        var rows = Rows("a.csv", "id,body,author\nx1,one,ann\nx2,two,\n");

        Assert.Equal(["x1", "x2"], rows.Select(row => row.Id));
        Assert.Equal(["one", "two"], rows.Select(row => row.Body));
        Assert.Equal("ann", rows[0][CommentColumn.Author]);
        Assert.Null(rows[1][CommentColumn.Author]);
        Assert.Equal([1, 2], rows.Select(row => row.Number));
        Assert.Equal([2, 3], rows.Select(row => row.Line));
    }

    [Fact]
    public void Tsv_keeps_commas() =>
        Assert.Equal(["one, two", "three"], Rows("a.tsv", "id\ttext\n1\tone, two\n2\tthree\n").Select(row => row.Body));

    [Fact]
    public void Ndjson_values_of_any_scalar_kind_are_text()
    {
        var row = Assert.Single(Rows("a.ndjson", """{"id":7,"body":true,"score":-3,"author":null,"extra":{"a":[1]},"createdAt":1.5}""" + "\n"));

        Assert.Equal("7", row.Id);
        Assert.Equal("true", row.Body);
        Assert.Equal("-3", row[CommentColumn.Score]);
        Assert.Null(row[CommentColumn.Author]);
    }

    [Fact]
    public void Plain_text_is_one_comment_a_line_where_a_caller_asks_for_it()
    {
        var path = _folder.Write("a.csv", "one, \"two\nthree\n\n");

        var records = CommentFile.Read(path, new CommentFileOptions { Format = FileFormat.Text }).ToList();

        Assert.Equal(["one, \"two", "three", ""], records.Select(record => record.Row!.Body));
        Assert.Equal(["1", "2", "3"], records.Select(record => record.Row!.Id));
    }

    [Theory]
    [InlineData("{\"body\":\"x\"}\n")]
    [InlineData("\uFEFF  \r\n{\"body\":\"x\"}")]
    [InlineData("id\tbody\n1\tx")]
    [InlineData("id,body\n1,x")]
    [InlineData("body\nx")]
    [InlineData("id,body,note\r1,x,tab\there")]
    public void A_name_that_says_nothing_leaves_the_form_to_the_content(string content) =>
        Assert.Equal("x", Assert.Single(Rows("comments", content)).Body);

    [Fact]
    public void The_ending_of_the_name_goes_before_the_content() =>
        Assert.Equal("{\"a\":1}", Assert.Single(Rows("a.CSV", "body\n\"{\"\"a\"\":1}\"\n")).Body);

    [Fact]
    public void Quoted_fields_hold_line_breaks_separators_and_doubled_quotes()
    {
        var rows = Rows("a.csv", "id,body\r\n1,\"one\r\ntwo, \"\"three\"\"\"\r\n2,next\r\n");

        Assert.Equal("one\r\ntwo, \"three\"", rows[0].Body);
        Assert.Equal("next", rows[1].Body);
        Assert.Equal([2L, 4L], rows.Select(row => row.Line));
    }

    [Fact]
    public void A_quote_inside_an_unquoted_field_is_text() =>
        Assert.Equal("he said \"no\" twice", Assert.Single(Rows("a.csv", "body\nhe said \"no\" twice\n")).Body);

    [Fact]
    public void A_comment_that_looks_like_a_comment_line_or_a_formula_is_text() =>
        Assert.Equal(["#one", "=1+1", " padded "], Rows("a.csv", "body,id\n#one,1\n=1+1,2\n padded ,3\n").Select(row => row.Body));

    [Fact]
    public void The_last_line_needs_no_line_end() =>
        Assert.Equal(["one", "two"], Rows("a.csv", "body\none\ntwo").Select(row => row.Body));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_names_the_encoding(string encoding)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. encoder.GetPreamble(), .. encoder.GetBytes("body,id\nnaïve 😀,1\n")];

        Assert.Equal("naïve 😀", Assert.Single(Rows("a.csv", bytes)).Body);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Utf_16_without_its_mark_is_refused_with_advice(string encoding)
    {
        var error = Refusal("a.csv", Encoding.GetEncoding(encoding).GetBytes("body,id\nx,1\n"));

        Assert.Contains("UTF-8", error, StringComparison.Ordinal);
        Assert.Contains("a.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_byte_is_read_as_windows_1252()
    {
        const string High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
        for (var b = 0x80; b <= 0xFF; b++)
        {
            // An "x" on both sides: no byte here is part of valid UTF-8.
            byte[] bytes = [.. "body,id\nx"u8, (byte)b, .. "x,1\n"u8];
            var expected = b < 0xA0 ? High[b - 0x80] : (char)b;
            Assert.Equal($"x{expected}x", Assert.Single(Rows("a.csv", bytes)).Body);
        }
    }

    [Fact]
    public void Utf_8_and_windows_1252_may_stand_in_one_file()
    {
        byte[] bytes = [.. "body\n"u8, .. "naïve\n"u8, .. "na"u8, 0xEF, .. "ve "u8, 0x93, .. "q"u8, 0x94, .. "\n"u8];

        Assert.Equal(["naïve", "naïve “q”"], Rows("a.csv", bytes).Select(row => row.Body));
    }

    [Theory]
    [InlineData(0xE9, "é")]
    [InlineData(0x80, "€")]
    [InlineData(0xF0, "ð")]
    public void A_file_may_end_in_half_a_character(byte last, string expected) =>
        Assert.Equal("x" + expected, Assert.Single(Rows("a.csv", [.. "body\nx"u8, last])).Body);

    [Fact]
    public void A_character_may_lie_across_any_reading_boundary()
    {
        // 16 KB and 64 KB are where buffers end.
        foreach (var boundary in new[] { 16 * 1024, 64 * 1024 })
        {
            for (var shift = -4; shift <= 4; shift++)
            {
                var padding = new string('x', boundary + shift - "body\n".Length);
                byte[] bytes = [.. Encoding.UTF8.GetBytes("body\n" + padding + "😀"), 0xE9, .. "y é\n"u8];

                Assert.Equal(padding + "😀éy é", Assert.Single(Rows("a.csv", bytes)).Body);
            }
        }
    }

    [Theory]
    [InlineData("a.csv", "id,body\n1,x\n")]
    [InlineData("a.tsv", "id\tbody\n1\tx\n")]
    public void A_wrong_column_name_is_answered_with_the_names_there_are(string name, string content)
    {
        var error = Refusal(name, content, new CommentFileOptions { BodyColumn = "words" });

        Assert.Contains("'words'", error, StringComparison.Ordinal);
        Assert.Contains("id, body", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_column_name_for_ndjson_is_refused_too()
    {
        var error = Refusal("a.ndjson", "{\"id\":1,\"body\":\"x\"}\n", new CommentFileOptions { BodyColumn = "words" });

        Assert.Contains("words", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_text_column_is_refused_with_its_columns_and_the_option()
    {
        var error = Refusal("a.csv", "id,,mood\n1,2,3\n");

        Assert.Contains("id, (no name), mood", error, StringComparison.Ordinal);
        Assert.Contains("--text-column", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_may_be_required()
    {
        var error = Refusal("a.csv", "id,body\n1,x\n", new CommentFileOptions { LabelRequired = true });

        Assert.Contains("--label-column", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = _folder.File("nowhere.csv");

        Assert.Contains(path, Refusal(path), StringComparison.Ordinal);
        Assert.Contains("nowhere", Refusal(Path.Combine(_folder.File("no"), "nowhere.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_not_a_file() =>
        Assert.Contains("directory", Refusal(_folder.Path), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_has_no_header(string content) =>
        Assert.Contains("empty", Refusal("a.csv", content), StringComparison.Ordinal);

    [Theory]
    [InlineData("a.csv", "id,body")]
    [InlineData("a.csv", "id,body\r\n")]
    [InlineData("a.ndjson", "")]
    [InlineData("a.ndjson", "\n \n")]
    public void A_file_with_nothing_behind_its_header_has_no_records(string name, string content) =>
        Assert.Empty(Records(name, content));

    [Fact]
    public void A_row_with_too_few_or_too_many_fields_is_a_dead_letter_at_its_line()
    {
        var records = Records("a.csv", "id,body\n1,\"a\nb\"\n2\n3,c,d\n4,e\n");

        Assert.Equal(["1", null, null, "4"], records.Select(record => record.Row?.Id));
        Assert.Equal([1, 2, 3, 4], records.Select(record => record.Number));
        AssertDead(records[1], "line 4", "1 fields", "2");
        AssertDead(records[2], "line 5", "3 fields", "3,c,d");
    }

    [Fact]
    public void Text_behind_a_closing_quote_is_a_dead_letter_and_the_next_row_is_read()
    {
        var records = Records("a.csv", "id,body\n1,\"a\" b\n2,c\n");

        AssertDead(records[0], "line 2", "closing quote", "\"a\" b");
        Assert.Equal("c", records[1].Row!.Body);
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_a_dead_letter_and_what_stood_before_it_is_kept()
    {
        var records = Records("a.csv", "id,body\n1,a\n2,\"b\n3,c\n");

        Assert.Equal("a", records[0].Row!.Body);
        AssertDead(records[1], "line 3", "never closed", "3,c");
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void An_unclosed_quote_that_swallows_too_much_stops_with_a_sentence()
    {
        var error = Refusal("a.csv", "id,body\n1,\"" + new string('x', 33 * 1024 * 1024));

        Assert.Contains("closing quote", error, StringComparison.Ordinal);
        Assert.Contains("line", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_letters_original_is_bounded()
    {
        var records = Records("a.csv", "id,body\n1,2," + new string('x', 1_000_000) + "\n");

        Assert.Equal(DeadLetter.MaxOriginalLength, Assert.Single(records).DeadLetter!.Original.Length);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("BODY")]
    [InlineData("text")]
    [InlineData("comment_text")]
    [InlineData("tweet")]
    [InlineData("CONTENT")]
    public void The_text_column_is_guessed(string name) => Assert.Equal("x", Assert.Single(Rows("a.csv", $"k,{name}\n1,x\n")).Body);

    [Theory]
    [InlineData("removed")]
    [InlineData("REMOVED")]
    [InlineData("label")]
    [InlineData("toxic")]
    [InlineData("CLASS")]
    public void The_label_column_is_guessed(string name)
    {
        var rows = Rows("a.csv", $"body,{name}\nx,1\ny,0\nz,maybe\n");

        Assert.True(rows[0].TryGetLabel(out var removed) && removed);
        Assert.True(rows[1].TryGetLabel(out removed) && !removed);
        Assert.False(rows[2].TryGetLabel(out _));
    }

    [Theory]
    [InlineData("id", CommentColumn.Id)]
    [InlineData("COMMENT_ID", CommentColumn.Id)]
    [InlineData("author", CommentColumn.Author)]
    [InlineData("community", CommentColumn.Community)]
    [InlineData("threadId", CommentColumn.Thread)]
    [InlineData("parentId", CommentColumn.Parent)]
    [InlineData("parent_id", CommentColumn.Parent)]
    [InlineData("createdAt", CommentColumn.CreatedAt)]
    [InlineData("created_date", CommentColumn.CreatedAt)]
    [InlineData("DATE", CommentColumn.CreatedAt)]
    [InlineData("url", CommentColumn.Url)]
    [InlineData("score", CommentColumn.Score)]
    [InlineData("deleted", CommentColumn.Deleted)]
    public void Other_columns_are_guessed(string name, CommentColumn column)
    {
        Assert.Equal("v", Assert.Single(Rows("a.csv", $"body,{name}\nx,v\n"))[column]);
        Assert.Equal("v", Assert.Single(Rows("a.ndjson", $$"""{"body":"x","{{name}}":"v"}"""))[column]);
    }

    [Fact]
    public void Body_goes_before_text_wherever_both_stand() =>
        Assert.Equal("b", Assert.Single(Rows("a.csv", "text,body\nt,b\n")).Body);

    [Fact]
    public void A_named_column_goes_before_the_guessed_one()
    {
        var path = _folder.Write("a.csv", "body,Words\nb,w\n");

        var record = Assert.Single(CommentFile.Read(path, new CommentFileOptions { BodyColumn = "words" }));

        Assert.Equal("w", record.Row!.Body);
    }

    [Fact]
    public void A_row_without_an_id_gets_its_record_number_broken_rows_counted() =>
        Assert.Equal(["1", "own", null, "4"], Records("a.csv", "id,body\n,a\nown,b\nbroken\n,c\n").Select(record => record.Row?.Id));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n")]
    public void Empty_and_blank_bodies_are_bodies(string body)
    {
        Assert.Equal(body, Assert.Single(Rows("a.csv", $"id,body\n1,\"{body}\"\n")).Body);
        Assert.Equal(body, Assert.Single(Rows("a.ndjson", $$"""{"body":"{{body.Replace("\n", "\\n", StringComparison.Ordinal)}}"}""")).Body);
    }

    [Fact]
    public void A_body_of_a_megabyte_is_read_whole()
    {
        var body = string.Concat(Enumerable.Repeat("naïve 😀 \"\"q\"\",\r\n", 60_000));

        var read = Assert.Single(Rows("a.csv", $"id,body\n1,\"{body}\"\n")).Body;

        Assert.Equal(body.Replace("\"\"", "\"", StringComparison.Ordinal), read);
    }

    [Theory]
    [InlineData("{\"body\":")]
    [InlineData("[\"x\"]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("{\"body\":\"x\"} trailing")]
    [InlineData("{\"nobody\":\"x\"}")]
    [InlineData("{\"body\":null}")]
    [InlineData("{\"body\":[\"x\"]}")]
    [InlineData("{\"body\":{\"text\":\"x\"}}")]
    [InlineData("{\"body\":'x'}")]
    public void A_line_that_is_no_comment_is_a_dead_letter_and_the_next_is_read(string line)
    {
        var records = Records("a.ndjson", "\n" + line + "\n{\"body\":\"next\"}\n");

        AssertDead(records[0], "line 2", "", line);
        Assert.Equal("next", records[1].Row!.Body);
    }

    [Fact]
    public void Json_nested_past_all_reason_is_a_dead_letter()
    {
        var records = Records("a.ndjson", $$"""{"body":"x","deep":{{new string('[', 50_000)}}""" + "\n{\"body\":\"next\"}");

        Assert.NotNull(records[0].DeadLetter);
        Assert.Equal("next", records[1].Row!.Body);
    }

    [Fact]
    public void Escapes_of_lone_surrogates_are_read()
    {
        var rows = Rows(
            "a.ndjson",
            """
            {"body":"a\ud83d b"}
            {"body":"\ude00\ud83d"}
            {"body":"\ud83d \"q\" \\ \/ \b\f\n\r\t \u0041"}
            {"body":"\ud83d\ude00"}
            {"body":"\ud83d \\d \\ud83d [a-z]"}
            """);

        Assert.Equal(
            ["a\uD83D b", "\uDE00\uD83D", "\uD83D \"q\" \\ / \b\f\n\r\t A", "😀", "\uD83D \\d \\ud83d [a-z]"],
            rows.Select(row => row.Body));
    }

    [Fact]
    public void A_property_name_that_is_no_text_does_not_stop_the_file()
    {
        var records = Records("a.ndjson", "{\"\\ud83d\":1,\"body\":\"x\"}\n{\"body\":\"next\"}\n");

        Assert.Equal("next", records[^1].Row!.Body);
        Assert.Equal(2, records.Count);
    }

    [Theory]
    [InlineData("""{"id":"a","deleted":true}""")]
    [InlineData("""{"id":"a","deleted":1}""")]
    [InlineData("""{"id":"a","body":"x","deleted":"true"}""")]
    public void A_withdrawal_needs_no_text(string line)
    {
        Assert.True(Assert.Single(Rows("a.ndjson", line)).TryToComment(out var comment, out _));
        Assert.True(comment.Deleted);
        Assert.Equal("a", comment.ExternalId);
    }

    private List<FileRecord> Records(string name, string content) => Records(name, Encoding.UTF8.GetBytes(content));

    private List<FileRecord> Records(string name, byte[] content) =>
        [.. CommentFile.Read(_folder.Write(name, content), new CommentFileOptions())];

    private List<CommentRow> Rows(string name, string content) => Rows(name, Encoding.UTF8.GetBytes(content));

    private List<CommentRow> Rows(string name, byte[] content) =>
        [.. Records(name, content).Select(record => record.Row ?? throw new InvalidOperationException(record.DeadLetter!.Reason))];

    private string Refusal(string name, string content, CommentFileOptions? options = null) =>
        Refusal(_folder.Write(name, content), options);

    private string Refusal(string name, byte[] content) => Refusal(_folder.Write(name, content));

    private static string Refusal(string path, CommentFileOptions? options = null) =>
        Assert.Throws<SourceException>(() => CommentFile.Read(path, options ?? new CommentFileOptions()).ToList()).Message;

    private static void AssertDead(FileRecord record, string place, string reason, string original)
    {
        Assert.Null(record.Row);
        Assert.Equal(place, record.DeadLetter!.Place);
        Assert.Contains(reason, record.DeadLetter.Reason, StringComparison.Ordinal);
        Assert.Contains(original, record.DeadLetter.Original, StringComparison.Ordinal);
    }
}
