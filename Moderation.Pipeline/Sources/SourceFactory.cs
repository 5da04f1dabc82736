using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Pipeline.Sources;

/// <summary>Makes the configured sources.</summary>
public sealed class SourceFactory(TimeProvider time)
{
    /// <param name="batchSize">Most comments in a batch.</param>
    public IReadOnlyList<ICommentSource> Create(SourcesOptions options, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Sources.Count == 0
            ? [new SampleSource(new SampleOptions { BatchSize = batchSize }, time)]
            : [.. options.Sources.Where(source => source.Type != SourceTypes.Api).Select(source => Create(source, batchSize))];
    }

    private ICommentSource Create(SourceOptions source, int batchSize) => source.Type switch
    {
        SourceTypes.Sample => new SampleSource(
            new SampleOptions
            {
                Name = source.EffectiveName,
                Rate = source.Rate ?? new SampleOptions().Rate,
                Loop = source.Loop,
                Seed = source.Seed,
                BatchSize = batchSize,
            },
            time),
        SourceTypes.File => new FileSource(
            new FileSourceOptions
            {
                Name = source.EffectiveName,
                Path = source.Path!,
                Columns = new CommentFileOptions { BodyColumn = source.TextColumn },
                Rate = source.Rate,
                BatchSize = batchSize,
            },
            time),
        _ => throw new ArgumentException($"There is no source of type '{source.Type}'.", nameof(source)),
    };
}
