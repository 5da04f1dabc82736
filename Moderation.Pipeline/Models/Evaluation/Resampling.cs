namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>Draws rows with replacement, many times over, on all cores.</summary>
internal static class Resampling
{
    private const int Usual = 400;
    private const int Fewest = 100;

    // What two cores draw and measure in about a second.
    private const long MostDraws = 80_000_000;

    /// <summary>How many resamples a set of rows gets: fewer past 200,000 rows, where the intervals are narrow anyway.</summary>
    public static int CountFor(int rows, int usual = Usual) =>
        rows == 0 ? 0 : (int)Math.Clamp(MostDraws / rows, Fewest, usual);

    /// <summary>
    /// Measures each resample: how often each row was drawn comes as its weight. Resample k is the same at any number of
    /// threads, since its random numbers hang on k alone.
    /// </summary>
    public static T[] Measure<T>(int rows, ulong seed, Func<int[], T> measure)
    {
        var results = new T[CountFor(rows)];
        Parallel.For(
            0,
            results.Length,
            () => new int[rows],
            (resample, _, weights) =>
            {
                // Drawing row numbers and counting them keeps the rows' order, so no resample needs sorting again.
                Array.Clear(weights);
                var random = new SeededRandom(seed, resample);
                for (var draw = 0; draw < rows; draw++)
                {
                    weights[random.Below(rows)]++;
                }

                results[resample] = measure(weights);
                return weights;
            },
            static _ => { });
        return results;
    }
}
