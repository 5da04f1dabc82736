using Microsoft.Data.Sqlite;

using Moderation.Data.Reading;
using Moderation.Data.Writing.Statements;

namespace Moderation.Data.Searching;

/// <summary>
/// The texts of all comments in the order of their commits, first ones and edits alike, read slice by slice. Each read is
/// one statement, and a transaction of its own, that is over before the slice is indexed: no reader keeps the database's log growing.
/// </summary>
/// <remarks>
/// The order is that of the rowids of "CommentTexts". The one writer only appends to that table, in one transaction at a
/// time, and SQLite gives a new row the greatest rowid and one more; so what is visible is never joined by a smaller one.
/// The numbers can change when rows were deleted and the table is copied (VACUUM, a migration); <see cref="FeedPlace"/>
/// notices.
/// </remarks>
internal sealed class TextFeed : IDisposable
{
    /// <summary>The rowids are ordered by nothing else: the last one is one step into the table.</summary>
    internal const string NewestRow = """SELECT MAX("rowid") FROM "CommentTexts" """;

    /// <summary>Begins at the place itself, so that the same read shows whether it still is what it was.</summary>
    internal const string TextsFrom =
        """
        SELECT t."rowid", t."CommentId", t."TextVersion", t."ReceivedAt", t."Body"
        FROM "CommentTexts" AS t WHERE t."rowid" >= ?1 ORDER BY t."rowid" LIMIT ?2
        """;

    /// <summary>A slice ends behind this many characters, so that long texts do not make it large.</summary>
    private const int MostCharacters = 1 << 20;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _newest;
    private readonly PreparedStatement _texts;

    private TextFeed(SqliteConnection connection)
    {
        _connection = connection;
        _newest = new PreparedStatement(connection, NewestRow);
        _texts = new PreparedStatement(connection, TextsFrom);
    }

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public static TextFeed Open(string path)
    {
        var connection = ReadOnlyConnection.Open(path);
        try
        {
            return new TextFeed(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The row of the newest text of all; 0 when there is none.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public long Newest() => _newest.Scalar() ?? 0;

    /// <param name="behind">The text before the first one of the slice.</param>
    /// <param name="most">Most texts in the slice, 1 or more.</param>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public FeedSlice Read(FeedPlace behind, int most)
    {
        var known = behind == FeedPlace.Start;
        var texts = new List<IndexedText>();
        var characters = 0;
        _texts.Set(1, behind.Row).Set(2, most + 1L);
        try
        {
            while (texts.Count < most && characters < MostCharacters && _texts.Step())
            {
                var place = new FeedPlace(_texts.GetInt64(0), _texts.GetInt64(1), _texts.GetInt32(2), _texts.GetInt64(3));
                if (known)
                {
                    var text = new IndexedText(place, _texts.GetString(4));
                    texts.Add(text);
                    characters += text.Body.Length;
                }
                else if (place == behind)
                {
                    known = true;
                }
                else
                {
                    break;
                }
            }
        }
        finally
        {
            // Ends the transaction that the statement is.
            _texts.Reset();
        }

        return new FeedSlice(texts, known);
    }

    public void Dispose()
    {
        _newest.Dispose();
        _texts.Dispose();
        _connection.Dispose();
    }
}
