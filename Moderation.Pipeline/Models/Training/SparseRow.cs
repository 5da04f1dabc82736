namespace Moderation.Pipeline.Models.Training;

/// <summary>The features of a training row that are not zero.</summary>
/// <param name="Columns">Ascending.</param>
/// <param name="Values">One for each column.</param>
/// <param name="Label">True when the text was removed.</param>
internal readonly record struct SparseRow(int[] Columns, float[] Values, bool Label)
{
    /// <summary>How many of the columns and values count, where the arrays are longer.</summary>
    public int Count { get; init; } = Columns.Length;
}
