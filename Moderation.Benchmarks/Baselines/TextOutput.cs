namespace Moderation.Benchmarks.Baselines;

/// <summary>What Microsoft.ML says of a row.</summary>
internal sealed class TextOutput
{
    public float Probability { get; set; }
}
