using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Pipeline.Flow;

namespace Moderation.Data.Searching;

/// <summary>Brings texts from the database into the index, one slice a step. Used by one thread at a time.</summary>
internal sealed class SearchIndexing(DataDirectory directory) : IDisposable
{
    private TextFeed? _feed;
    private SearchDatabase? _index;

    /// <summary>The row of the newest text that is stored, as far as was seen.</summary>
    public long Newest { get; private set; }

    /// <summary>Indexes the next texts. Files are opened when they are not, or are gone.</summary>
    /// <param name="most">Most texts of a step.</param>
    /// <exception cref="StoreUnavailableException">A file cannot be read or written to at present; the same step may succeed later.</exception>
    /// <exception cref="DamagedIndexException">The index must be made anew.</exception>
    public IndexStep Advance(int most)
    {
        if (!File.Exists(directory.DatabasePath) || !File.Exists(directory.SearchPath))
        {
            // A file that was taken away can still be written to, and nobody would ever see it again.
            Close();
        }

        // First, so that it is known how far a faulty index is behind.
        Newest = OnFeed(feed => feed.Newest());
        var index = OpenIndex();
        var slice = OnFeed(feed => feed.Read(index.Position, most));
        if (!slice.PlaceIsKnown)
        {
            // Another database, or an older copy of this one: what is indexed is not what is stored.
            StartAnew();
            index = OpenIndex();
            slice = OnFeed(feed => feed.Read(FeedPlace.Start, most));
        }

        if (slice.Texts.Count > 0)
        {
            OnIndex(() =>
            {
                index.Write(slice.Texts);
                return true;
            });
        }

        return new IndexStep(slice.Texts.Count, index.Position.Row);
    }

    /// <summary>Throws the index away; the next step begins with the first text.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be taken away at present.</exception>
    public void StartAnew()
    {
        Close();
        OnIndex(() =>
        {
            SearchDatabase.Delete(directory.SearchPath);
            return true;
        });
    }

    /// <summary>Lets go of the files; the next step opens them again.</summary>
    public void Close()
    {
        _feed?.Dispose();
        _index?.Dispose();
        (_feed, _index) = (null, null);
    }

    public void Dispose() => Close();

    private SearchDatabase OpenIndex() => _index ??= OnIndex(() => SearchDatabase.Open(directory.SearchPath));

    private T OnFeed<T>(Func<TextFeed, T> read)
    {
        try
        {
            return read(_feed ??= TextFeed.Open(directory.DatabasePath));
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException($"The search index cannot read the database {directory.DatabasePath}: {e.Describe()}", e);
        }
    }

    private T OnIndex<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException($"The search index {directory.SearchPath} cannot be written to: {e.Describe()}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The search index {directory.SearchPath} cannot be written to: {e.Message}", e);
        }
    }
}
