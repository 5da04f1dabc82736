using System.Runtime.CompilerServices;

using Moderation.Pipeline.Models.Registry;

namespace Moderation.Pipeline.Sources.History;

/// <summary>The desk's own comments, read back to be scored by a model that the caller names.</summary>
/// <remarks>
/// It has a checkpoint for each model. What was stored or edited since stands behind it, so that another run brings the
/// model's predictions up to date; a prediction that is there already stays as it is.
/// </remarks>
public sealed class HistorySource(LoadedModel model, ICommentLog log, HistorySourceOptions options, TimeProvider time) : ICommentSource
{
    public string Name { get; } = $"rescore {model.Version}";

    public async IAsyncEnumerable<CommentBatch> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new SourcePace(options.Rate, time);
        var most = pace.BatchSize(options.BatchSize, options.BatchDelay);
        await foreach (var slice in log.ReadAsync(after, most, cancellationToken))
        {
            await pace.WaitAsync(slice.Comments.Count, cancellationToken);

            // One without a comment still moves the checkpoint.
            yield return new CommentBatch(Name, [.. slice.Comments.Select(Read)])
            {
                Position = slice.Position,
                Rescoring = new Rescoring(model, [.. slice.Comments.Select(comment => comment.Text)]),
            };
        }
    }

    private static IncomingComment Read(StoredComment comment) => new()
    {
        ExternalId = comment.ExternalId,
        Body = comment.Body,
        Community = comment.Community,
        CreatedAt = comment.CreatedAt,
    };
}
