using System.Text.Json.Serialization;

namespace Moderation.Benchmarks.Measuring;

/// <summary>One figure of a scenario beside its baseline, both measured in the same run.</summary>
public sealed record BenchResult
{
    /// <summary>The scenario, and behind a full stop which of its figures; the first has the scenario's name alone.</summary>
    public required string Name { get; init; }

    /// <summary>Null when it could not be measured here; <see cref="Note"/> says why.</summary>
    public required double? Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>What the value is compared with; null when there is nothing to compare with.</summary>
    public string? Baseline { get; init; }

    /// <summary>In the same unit.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>How many times better the value is: above 1 it beats the baseline, for seconds and bytes as for rates.</summary>
    public double? Ratio { get; init; }

    /// <summary>The least ratio of any pair of rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Low { get; init; }

    /// <summary>The greatest ratio of any pair of rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? High { get; init; }

    /// <summary>The median ratio by the clock on the wall, where <see cref="Ratio"/> goes by processor time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WallRatio { get; init; }

    /// <summary>What is aimed at, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>What a reader of the figure must know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
