namespace Moderation.Pipeline.Models.Training;

/// <summary>A way to make a model from labelled texts.</summary>
internal interface IRecipe
{
    /// <summary>As people name it: <c>train --recipe NAME</c>.</summary>
    string Name { get; }

    /// <summary>Fits a model. The same rows in the same order give the same model to the bit.</summary>
    /// <param name="rows">Distinct texts, in the order of their hashes, with rows of both labels.</param>
    /// <exception cref="TrainingException">There is too little to learn from.</exception>
    FittedModel Fit(IReadOnlyList<TrainingText> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken);
}
