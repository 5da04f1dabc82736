namespace Moderation.Pipeline.Models.Talk;

/// <summary>The features of a training row that are not zero.</summary>
/// <param name="Columns">Ascending.</param>
/// <param name="Values">One for each column.</param>
/// <param name="Label">True when the text was removed.</param>
internal readonly record struct SparseRow(int[] Columns, float[] Values, bool Label);
