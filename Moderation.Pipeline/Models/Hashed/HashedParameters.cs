namespace Moderation.Pipeline.Models.Hashed;

/// <summary>The numbers of a hashed model.</summary>
/// <remarks>
/// z = Bias + Scale / √tokens · Σ Weights[bucket of each occurrence] + Σ Style · values, logit = Slope · z + Offset.
/// Weights are whole numbers, so their sums are exact: no order of adding them gives another score.
/// </remarks>
internal sealed record HashedParameters
{
    /// <summary><see cref="FeatureHash.Buckets"/> numbers.</summary>
    public required short[] Weights { get; init; }

    /// <summary>Logits of one unit of a weight.</summary>
    public required double Scale { get; init; }

    public required double Bias { get; init; }

    /// <summary><see cref="TextStyle.Values"/> numbers, in logits per unit of the value.</summary>
    public required double[] Style { get; init; }

    /// <summary>Slope of the calibration, which was fitted on texts that the weights had not seen (Platt, 1999).</summary>
    public double Slope { get; init; } = 1;

    /// <summary>Offset of the calibration, in logits.</summary>
    public double Offset { get; init; }

    /// <summary>Words that share one more feature, folded, each of 1 to <see cref="PackedWord.MostLetters"/> bytes.</summary>
    public IReadOnlyList<byte[]> ListedWords { get; init; } = [];

    /// <summary>
    /// Words whose sums are kept ready, folded, each of 1 to <see cref="PackedWord.MostLetters"/> bytes. They change no
    /// score, only the time it takes.
    /// </summary>
    public IReadOnlyList<byte[]> FrequentWords { get; init; } = [];
}
