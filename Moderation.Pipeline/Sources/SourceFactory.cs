using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Pipeline.Sources;

/// <summary>Makes the configured sources.</summary>
public sealed class SourceFactory(TimeProvider time)
{
    /// <summary>The configured sources, or the sample when there are none.</summary>
    public IReadOnlyList<ICommentSource> Create(SourcesOptions options, PipelineOptions pipeline)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pipeline);
        IEnumerable<SourceOptions> sources = options.Sources.Count == 0 ? [new SourceOptions { Type = SourceTypes.Sample }] : options.Sources;
        return [.. sources.Where(source => source.Type != SourceTypes.Api).Select(source => Create(source, pipeline))];
    }

    private ICommentSource Create(SourceOptions source, PipelineOptions pipeline) => source.Type switch
    {
        SourceTypes.Sample => new SampleSource(
            new SampleOptions
            {
                Name = source.EffectiveName,
                Rate = source.Rate ?? new SampleOptions().Rate,
                Loop = source.Loop,
                Seed = source.Seed,
                BatchSize = pipeline.BatchSize,
                BatchDelay = TimeSpan.FromMilliseconds(pipeline.BatchDelayMilliseconds),
            },
            time),
        SourceTypes.File => new FileSource(
            new FileSourceOptions
            {
                Name = source.EffectiveName,
                Path = source.Path!,
                Columns = new CommentFileOptions { BodyColumn = source.TextColumn },
                Rate = source.Rate,
                Follow = true,
                BatchSize = pipeline.BatchSize,
                BatchDelay = TimeSpan.FromMilliseconds(pipeline.BatchDelayMilliseconds),
            },
            time),
        _ => throw new ArgumentException($"There is no source of type '{source.Type}'.", nameof(source)),
    };
}
