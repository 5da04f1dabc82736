using Microsoft.Data.Sqlite;

using Moderation.Data.Searching;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Data.Reading;

/// <summary>
/// Reads the log slice by slice on a connection of its own. Each read is one statement and a transaction of its own, over
/// before the slice is given out: no reader keeps the database's log growing.
/// </summary>
internal sealed class CommentLogReader : IDisposable
{
    /// <summary>
    /// Begins at the place itself, so that the same read shows whether it still is what it was; it is one even if its
    /// comment is gone. The order is that of the commits, see <see cref="TextFeed"/>.
    /// </summary>
    internal const string TextsFrom =
        """
        SELECT t."rowid", t."CommentId", t."TextVersion", t."ReceivedAt", c."TextVersion", c."WithdrawnAt",
            c."ExternalId", k."Name", c."CreatedAt", t."Body"
        FROM "CommentTexts" AS t
            LEFT JOIN "Comments" AS c ON c."Id" = t."CommentId"
            LEFT JOIN "Communities" AS k ON k."Id" = c."CommunityId"
        WHERE t."rowid" >= ?1 ORDER BY t."rowid" LIMIT ?2
        """;

    /// <summary>A slice ends behind this many characters, so that long texts do not make it large.</summary>
    private const int MostCharacters = 1 << 20;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _texts;

    private CommentLogReader(SqliteConnection connection)
    {
        _connection = connection;
        _texts = new PreparedStatement(connection, TextsFrom);
    }

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public static CommentLogReader Open(string path)
    {
        var connection = ReadOnlyConnection.Open(path);
        try
        {
            return new CommentLogReader(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="behind">The text before the first one that is looked at.</param>
    /// <param name="most">Most texts that are looked at, 1 or more.</param>
    /// <returns>The comments, the last text that was looked at, and whether <paramref name="behind"/> still is what it was; if not, no more.</returns>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public (IReadOnlyList<StoredComment> Comments, FeedPlace Last, bool PlaceIsKnown) Read(FeedPlace behind, int most)
    {
        var (last, known) = (behind, behind == FeedPlace.Start);
        var comments = new List<StoredComment>();
        var characters = 0;
        _texts.Set(1, behind.Row).Set(2, known ? most : most + 1L);
        try
        {
            while (characters < MostCharacters && _texts.Step())
            {
                last = Place();
                if (!known)
                {
                    if (last != behind)
                    {
                        break;
                    }

                    known = true;
                }
                else if (IsNewestText())
                {
                    comments.Add(Comment(last));
                    characters += comments[^1].Body.Length;
                }
            }
        }
        finally
        {
            // Ends the transaction that the statement is.
            _texts.Reset();
        }

        return (comments, last, known);
    }

    public void Dispose()
    {
        _texts.Dispose();
        _connection.Dispose();
    }

    private FeedPlace Place() => new(_texts.GetInt64(0), _texts.GetInt64(1), _texts.GetInt32(2), _texts.GetInt64(3));

    private bool IsNewestText() => _texts.GetInt32(4) == _texts.GetInt32(2) && _texts.IsNull(5);

    private StoredComment Comment(FeedPlace place) => new(
        new TextKey(place.CommentId, place.TextVersion), _texts.GetString(6), _texts.GetString(7),
        DateTimeOffset.FromUnixTimeMilliseconds(_texts.GetInt64(8)), _texts.GetString(9));
}
