namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine and every version of .NET.</summary>
/// <remarks>Each resample has a stream of its own, so that the number of threads cannot change a result.</remarks>
internal struct SeededRandom(ulong seed, int stream)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed + (Golden * (ulong)(stream + 1)));

    /// <summary>A whole number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number from 0 to below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        _state += Golden;
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
