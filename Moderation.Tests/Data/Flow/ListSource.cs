using System.Globalization;
using System.Runtime.CompilerServices;

using Moderation.Pipeline.Sources;

namespace Moderation.Tests.Data.Flow;

/// <summary>A source in memory; a position is the number of comments before it.</summary>
/// <param name="onBatch">Called before each batch with its number in this run; may stop the run.</param>
internal sealed class ListSource(IReadOnlyList<IncomingComment> comments, int batchSize, Action<int>? onBatch = null) : ICommentSource
{
    public string Name => DeskExtensions.Forum;

    public async IAsyncEnumerable<CommentBatch> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = after is { } start ? int.Parse(start.Value, CultureInfo.InvariantCulture) : 0;
        for (var number = 0; position < comments.Count; number++)
        {
            onBatch?.Invoke(number);
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            var batch = comments.Skip(position).Take(batchSize).ToList();
            position += batch.Count;
            yield return new CommentBatch(Name, batch) { Position = new SourcePosition(position.ToString(CultureInfo.InvariantCulture)) };
        }
    }
}
