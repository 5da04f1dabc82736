using CsCheck;

using Microsoft.Data.Sqlite;

using Moderation.Data.Writing.Batches;
using Moderation.Data.Writing.Statements;

namespace Moderation.Tests.Data.Writing.Statements;

public sealed class PreparedStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public PreparedStatementTests()
    {
        _connection.Open();
        using var create = new PreparedStatement(_connection, "CREATE TABLE Rows (Id INTEGER PRIMARY KEY, Text TEXT, Number REAL, Word TEXT UNIQUE)");
        create.Execute();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Any_text_comes_back_as_it_was_written() =>
        Gen.String.Select(StoredText.From).Sample(
            text =>
            {
                using var add = new PreparedStatement(_connection, "INSERT OR REPLACE INTO Rows (Id, Text) VALUES (1, ?1)");
                using var read = new PreparedStatement(_connection, "SELECT Text FROM Rows WHERE Id = 1");
                add.Set(1, text).Execute();
                var there = read.Step() && !read.IsNull(0);
                var back = there ? read.GetString(0) : null;
                read.Reset();
                return there && back == text;
            },
            threads: 1,
            iter: 500);

    [Theory]
    [InlineData(0)]
    [InlineData(341)]
    [InlineData(342)]
    [InlineData(1_000_000)]
    public void A_text_of_any_length_is_kept_whole(int length)
    {
        var text = new string('ü', length);
        using var add = new PreparedStatement(_connection, "INSERT INTO Rows (Id, Text) VALUES (1, ?1)");
        using var read = new PreparedStatement(_connection, "SELECT Text FROM Rows");

        add.Set(1, text).Execute();

        Assert.True(read.Step());
        Assert.False(read.IsNull(0));
        Assert.Equal(text, read.GetString(0));
    }

    [Fact]
    public void Numbers_and_nothing_are_told_apart()
    {
        using var add = new PreparedStatement(_connection, "INSERT INTO Rows (Id, Text, Number) VALUES (?1, ?2, ?3)");
        using var read = new PreparedStatement(_connection, "SELECT Text, Number FROM Rows ORDER BY Id");

        add.Set(1, 1).Set(2, (string?)null).Set(3, 0.1).Execute();
        add.Set(1, long.MaxValue).Set(2, (long?)null).SetNull(3).Execute();

        Assert.True(read.Step());
        Assert.True(read.IsNull(0));
        Assert.Equal(0.1, read.GetDouble(1));
        Assert.True(read.Step());
        Assert.True(read.IsNull(1));
        Assert.False(read.Step());
    }

    [Fact]
    public void A_refused_row_is_an_error_with_its_reason_and_the_next_one_goes_in()
    {
        using var add = new PreparedStatement(_connection, "INSERT INTO Rows (Word) VALUES (?1)");
        add.Set(1, "once").Execute();

        var e = Assert.Throws<SqliteException>(() => add.Set(1, "once").Execute());

        Assert.Contains("UNIQUE", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, add.Set(1, "twice").Execute());
    }

    [Fact]
    public void A_statement_that_cannot_be_parsed_says_why() =>
        Assert.Contains("nowhere", Assert.Throws<SqliteException>(() => new PreparedStatement(_connection, "SELECT * FROM nowhere")).Message, StringComparison.Ordinal);
}
