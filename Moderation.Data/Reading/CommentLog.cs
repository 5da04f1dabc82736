using System.Runtime.CompilerServices;

using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Data.Reading;

/// <summary>The comments of the database in the order of their texts' commits.</summary>
/// <remarks>
/// A position is a <see cref="FeedPlace"/>. One that is not found as it was (the rows were numbered anew, a copy was put
/// back, the text was erased, or another source used the name) begins the log anew: what was done with it is met again.
/// </remarks>
internal sealed class CommentLog(DataDirectory directory) : ICommentLog
{
    public async IAsyncEnumerable<CommentLogSlice> ReadAsync(
        SourcePosition? after, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var place = after is { } position && FeedPlace.TryParse(position.Value, out var known) ? known : FeedPlace.Start;
        using var reader = await OnDatabaseAsync(() => CommentLogReader.Open(directory.DatabasePath), cancellationToken);
        while (true)
        {
            // Away from the caller's thread: SQLite waits for the disk on the one that asks.
            var (comments, last, placeIsKnown) = await OnDatabaseAsync(() => reader.Read(place, most), cancellationToken);
            if (!placeIsKnown)
            {
                place = FeedPlace.Start;
            }
            else if (last == place)
            {
                yield break;
            }
            else
            {
                place = last;
                yield return new CommentLogSlice(comments, new SourcePosition(place.ToString()));
            }
        }
    }

    private async Task<T> OnDatabaseAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(read, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new SourceException($"The comments in {directory.DatabasePath} cannot be read: {e.Message.TrimEnd('.')} (code {e.SqliteExtendedErrorCode}).", e);
        }
    }
}
