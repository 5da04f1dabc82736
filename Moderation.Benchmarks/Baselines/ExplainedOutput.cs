using Microsoft.ML.Data;

namespace Moderation.Benchmarks.Baselines;

/// <summary>What Microsoft.ML says of a row, and what each of its features added.</summary>
internal sealed class ExplainedOutput
{
    public float Probability { get; set; }

    public VBuffer<float> FeatureContributions { get; set; }
}
