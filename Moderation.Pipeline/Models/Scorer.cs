namespace Moderation.Pipeline.Models;

/// <summary>
/// Turns a comment into the probability that moderators would remove it. Immutable and safe to share between threads.
/// </summary>
/// <remarks>Every recipe is a linear model: p = 1 / (1 + exp(−logit)), and the logit is a sum of contributions.</remarks>
public abstract class Scorer
{
    /// <summary>The logit of a text without any feature.</summary>
    public abstract double Bias { get; }

    /// <summary>Names the layout of <see cref="WriteParameters"/>; stands in the model file.</summary>
    internal abstract string Kind { get; }

    /// <summary>The probability, 0 to 1, that moderators would remove a comment with this text.</summary>
    public abstract double Score(ReadOnlySpan<char> body);

    /// <summary>The same for text in UTF-8; a byte that is not UTF-8 reads as U+FFFD.</summary>
    public abstract double Score(ReadOnlySpan<byte> utf8Body);

    /// <summary>Why a text gets its score: what its spans and its other terms add to the logit.</summary>
    public abstract Explanation Explain(string body);

    /// <summary>Writes all that <see cref="Score(ReadOnlySpan{char})"/> needs.</summary>
    internal abstract void WriteParameters(BinaryWriter writer);

    internal static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
