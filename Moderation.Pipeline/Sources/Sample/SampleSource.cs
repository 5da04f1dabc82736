using System.Globalization;
using System.Runtime.CompilerServices;

namespace Moderation.Pipeline.Sources.Sample;

/// <summary>Streams the held-out half of the built-in corpus as if people were writing it now.</summary>
public sealed class SampleSource(SampleOptions options, TimeProvider time) : ICommentSource
{
    private readonly SampleScript _script = new(SampleCorpus.Shared.Streamed, options.Seed);

    public string Name => options.Name;

    /// <summary>Comments of one pass; the stream ends behind them unless it loops.</summary>
    public long Length => _script.StepsOfAPass;

    public async IAsyncEnumerable<CommentBatch> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var step = after is { } position ? ParseStep(position) : 0;
        var started = time.GetTimestamp();
        var first = step;
        while (options.Loop || step < _script.StepsOfAPass)
        {
            var due = first + (long)(time.GetElapsedTime(started).TotalSeconds * options.Rate) + 1;
            var until = Math.Min(Math.Min(due, step + options.BatchSize), options.Loop ? long.MaxValue : _script.StepsOfAPass);
            if (until > step)
            {
                var now = time.GetUtcNow();
                var comments = new List<IncomingComment>((int)(until - step));
                for (; step < until; step++)
                {
                    comments.Add(_script.At(step, now));
                }

                yield return new CommentBatch(Name, comments)
                {
                    Position = new SourcePosition(step.ToString(CultureInfo.InvariantCulture)),
                };
            }
            else
            {
                await Task.Delay(options.BatchDelay, time, cancellationToken);
            }
        }
    }

    private long ParseStep(SourcePosition position) =>
        long.TryParse(position.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : throw new SourceException($"The stored position '{position.Value}' of source {Name} is not one of the sample.");
}
