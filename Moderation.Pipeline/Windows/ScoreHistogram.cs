using System.Runtime.CompilerServices;

namespace Moderation.Pipeline.Windows;

/// <summary>
/// How many scores fell into each tenth of 0 to 1: bin <c>i</c> is <c>[i / 10, (i + 1) / 10)</c>, and a score of 1 is in the
/// last one. A value of ten whole numbers; it allocates nothing.
/// </summary>
[InlineArray(Bins)]
public struct ScoreHistogram : IEquatable<ScoreHistogram>
{
    public const int Bins = 10;

    private long _first;

    /// <param name="counts">Ten counts.</param>
    /// <exception cref="ArgumentException">There are not ten.</exception>
    public static ScoreHistogram Of(ReadOnlySpan<long> counts)
    {
        if (counts.Length != Bins)
        {
            throw new ArgumentException($"A histogram of scores has {counts.Length} bins; it has to have {Bins}.", nameof(counts));
        }

        var histogram = default(ScoreHistogram);
        counts.CopyTo(histogram);
        return histogram;
    }

    /// <summary>The bin of a score of 0 to 1.</summary>
    public static int BinOf(double score) => Math.Min(Bins - 1, (int)(score * Bins));

    public readonly long[] ToArray()
    {
        ReadOnlySpan<long> counts = this;
        return counts.ToArray();
    }

    /// <param name="counts">Room for ten counts.</param>
    public readonly void CopyTo(Span<long> counts) => ((ReadOnlySpan<long>)this).CopyTo(counts);

    public static bool operator ==(in ScoreHistogram left, in ScoreHistogram right) => left.Equals(right);

    public static bool operator !=(in ScoreHistogram left, in ScoreHistogram right) => !left.Equals(right);

    public readonly bool Equals(ScoreHistogram other) => ((ReadOnlySpan<long>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is ScoreHistogram other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in (ReadOnlySpan<long>)this)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    internal void Accumulate(in ScoreHistogram other)
    {
        for (var i = 0; i < Bins; i++)
        {
            this[i] += other[i];
        }
    }

    internal void Deduct(in ScoreHistogram other)
    {
        for (var i = 0; i < Bins; i++)
        {
            this[i] -= other[i];
        }
    }
}
