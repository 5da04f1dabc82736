using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The integer keys of sources, communities and authors; names seen before are remembered.</summary>
internal sealed class NameKeys : IDisposable
{
    /// <summary>Most names of a kind that are remembered; when there are more, remembering begins anew.</summary>
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _communities = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Source, string Name), long> _authors = [];
    private readonly PreparedStatement _findSource;
    private readonly PreparedStatement _addSource;
    private readonly PreparedStatement _findCommunity;
    private readonly PreparedStatement _addCommunity;
    private readonly PreparedStatement _findAuthor;
    private readonly PreparedStatement _addAuthor;

    public NameKeys(SqliteConnection connection)
    {
        _findSource = new PreparedStatement(connection, """SELECT "Id" FROM "Sources" WHERE "Name" = ?1""");
        _addSource = new PreparedStatement(connection, """INSERT INTO "Sources" ("Name") VALUES (?1) RETURNING "Id" """);
        _findCommunity = new PreparedStatement(connection, """SELECT "Id" FROM "Communities" WHERE "Name" = ?1""");
        _addCommunity = new PreparedStatement(connection, """INSERT INTO "Communities" ("Name") VALUES (?1) RETURNING "Id" """);
        _findAuthor = new PreparedStatement(connection, """SELECT "Id" FROM "Authors" WHERE "SourceId" = ?1 AND "Name" = ?2""");
        _addAuthor = new PreparedStatement(connection, """INSERT INTO "Authors" ("SourceId", "Name") VALUES (?1, ?2) RETURNING "Id" """);
    }

    public int Source(string name) => Find(_sources, name, _findSource, _addSource);

    public int Community(string name) => Find(_communities, name, _findCommunity, _addCommunity);

    public long? Author(int source, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!_authors.TryGetValue((source, name), out var key))
        {
            key = _findAuthor.Set(1, source).Set(2, name).Scalar() ?? _addAuthor.Set(1, source).Set(2, name).Scalar()!.Value;
            Remember(_authors, (source, name), key);
        }

        return key;
    }

    /// <summary>Lets go of what is remembered: some of it may have been rolled back.</summary>
    public void Forget()
    {
        _sources.Clear();
        _communities.Clear();
        _authors.Clear();
    }

    public void Dispose()
    {
        _findSource.Dispose();
        _addSource.Dispose();
        _findCommunity.Dispose();
        _addCommunity.Dispose();
        _findAuthor.Dispose();
        _addAuthor.Dispose();
    }

    private static int Find(Dictionary<string, int> known, string name, PreparedStatement find, PreparedStatement add)
    {
        if (!known.TryGetValue(name, out var key))
        {
            key = (int)(find.Set(1, name).Scalar() ?? add.Set(1, name).Scalar()!.Value);
            Remember(known, name, key);
        }

        return key;
    }

    private static void Remember<TName, TKey>(Dictionary<TName, TKey> known, TName name, TKey key)
        where TName : notnull
    {
        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        known[name] = key;
    }
}
