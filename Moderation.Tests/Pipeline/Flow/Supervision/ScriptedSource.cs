using System.Globalization;
using System.Runtime.CompilerServices;

using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Flow.Supervision;

/// <summary>Counts up, two comments a batch; a test says when it fails and when it has more.</summary>
internal sealed class ScriptedSource(string name, int count) : ICommentSource
{
    private int _attempts;

    public string Name => name;

    /// <summary>How often reading was begun.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Asked before each batch with the number of its first comment; what it gives is thrown.</summary>
    public Func<int, Exception?> Failure { get; set; } = static _ => null;

    public async IAsyncEnumerable<CommentBatch> ReadAsync(SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        var next = after is { } position ? int.Parse(position.Value, CultureInfo.InvariantCulture) : 0;
        while (true)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (Failure(next) is { } failure)
            {
                throw failure;
            }

            if (next >= count)
            {
                yield break;
            }

            var until = Math.Min(next + 2, count);
            yield return TestFlow.Batch(Name, [.. Enumerable.Range(next, until - next).Select(i => i.ToString(CultureInfo.InvariantCulture))]) with
            {
                Position = new SourcePosition(until.ToString(CultureInfo.InvariantCulture)),
            };
            next = until;
        }
    }
}
