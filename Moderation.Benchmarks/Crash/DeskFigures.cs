namespace Moderation.Benchmarks.Crash;

/// <summary>What <c>/api/v1/stats</c> says, as far as it is needed here.</summary>
internal sealed record DeskFigures(long Committed, long Duplicates, long DeadLettered, string? Model, string? Problem, IReadOnlyList<SourceFigure> Sources)
{
    /// <summary>Inputs that the process has put behind it since it started.</summary>
    public long Done => Committed + Duplicates + DeadLettered;

    public SourceFigure? Find(string source) => Sources.FirstOrDefault(figure => figure.Name == source);
}

internal sealed record SourceFigure(string Name, string State, string? Position, string? Problem);
