namespace Moderation.Pipeline.Models.Training;

/// <summary>How far and how a logistic regression is fitted.</summary>
internal readonly record struct LogisticRegressionOptions
{
    /// <summary>λ: weight of half the squared weights beside the summed loss; scikit-learn's 1 / C.</summary>
    public required float L2 { get; init; }

    /// <summary>
    /// Always as many, on any machine: each thread sums its own rows, so another number would round differently.
    /// </summary>
    public required int Threads { get; init; }

    /// <summary>Relative gain of an iteration at which the fit ends.</summary>
    public required float Tolerance { get; init; }

    public required int MostIterations { get; init; }
}
