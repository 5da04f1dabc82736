using CsCheck;

using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Searching.SearchExtensions;

namespace Moderation.Tests.Data.Searching;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("cat dog", "\"cat\" \"dog\"")]
    [InlineData("  cat\t\ncat ", "\"cat\"")]
    [InlineData("\"black cat\" dog", "\"black cat\" \"dog\"")]
    [InlineData("“black cat”", "\"black cat\"")]
    [InlineData("\"black cat", "\"black cat\"")]
    [InlineData("cat\"dog\"", "\"cat\" \"dog\"")]
    [InlineData("don't", "\"don't\"")]
    [InlineData("scie*", "\"scie\"*")]
    [InlineData("well-behav***", "\"well-behav\"*")]
    [InlineData("\"scie*\"", "\"scie*\"")]
    [InlineData("*cat c*t", "\"*cat\" \"c*t\"")]
    [InlineData("cat OR dog", "\"cat\" \"OR\" \"dog\"")]
    [InlineData("Body:cat -dog ^a NEAR(a b) {x}", "\"Body:cat\" \"-dog\" \"^a\" \"NEAR(a\" \"b)\" \"{x}\"")]
    [InlineData("!!! cat \"...\" 😀", "\"cat\"")]
    [InlineData("cat\0dog", "\"cat\uFFFDdog\"")]
    public void Words_and_phrases_become_strings_and_nothing_else_is_syntax(string typed, string expression) =>
        Assert.Equal(new SearchQuery(expression, null), SearchQuery.Parse(typed));

    [Theory]
    [InlineData(null, "Type a word")]
    [InlineData(" \t ", "Type a word")]
    [InlineData("!!! \"\" ***", "needs a letter or a digit")]
    [InlineData("ab*", "at least 3 letters before")]
    [InlineData("science-ab*", "at least 3 letters before")]
    [InlineData("a b c d e f g h i j k l m n o p q", "at most 16 words")]
    [InlineData("\"a b c d e f g h i j k l m n o p q\"", "at most 16 words")]
    public void A_text_that_cannot_be_searched_for_says_why(string? typed, string reason)
    {
        var query = SearchQuery.Parse(typed);

        Assert.Null(query.Expression);
        Assert.Contains(reason, query.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_says_so() =>
        Assert.Contains("at most 200 characters", SearchQuery.Parse(new string('x', 201)).Reason, StringComparison.Ordinal);

    [Fact]
    public void No_text_breaks_a_search()
    {
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(folder.Path);
        using (var index = SearchDatabase.Open(directory.SearchPath))
        {
            index.Write([Text(1, "Word a 0 e don't"), Text(2, "日本語 שלום a(b)")]);
        }

        var reader = new SearchReader(directory, new SearchStatus(TimeProvider.System), TimeProvider.System);
        string[] syntax = ["\"", "*", "(", ")", " AND ", " OR ", " NOT ", "NEAR(", ":", "^", "-", "+", "{", "}", "a", "Word", ",", "\0", "'"];
        var typed = Gen.OneOf(HostileText.Gen, Gen.Int[0, syntax.Length - 1].Select(i => syntax[i]).Array[0, 20].Select(string.Concat));
        using var connection = new SqliteConnection($"Data Source={directory.SearchPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Texts_0" WHERE "Texts_0" MATCH $words""";
        var words = command.Parameters.Add("$words", SqliteType.Text);

        typed.Sample(
            text =>
            {
                var query = SearchQuery.Parse(text);
                Assert.NotEqual(query.Expression is null, query.Reason is null);
                if (query.Expression is not null)
                {
                    words.Value = query.Expression;
                    Assert.InRange((long)command.ExecuteScalar()!, 0, 2);
                }
            },
            iter: 20_000,
            threads: 1);

        typed.Sample(
            text =>
            {
                var page = reader.Search(text, null, 10, Stop);
                Assert.False(page.Reason?.Contains("cannot be read", StringComparison.Ordinal) ?? false, page.Reason);
            },
            iter: 100,
            threads: 1);
    }
}
