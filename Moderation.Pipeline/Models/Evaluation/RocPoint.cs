namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>What flagging everything with at least this probability would do; all three from 0 to 1.</summary>
/// <param name="Probability">Null at the start, where nothing is flagged.</param>
/// <param name="FalsePositiveRate">Share of the kept comments that would be flagged.</param>
/// <param name="TruePositiveRate">Share of the removed comments that would be flagged.</param>
public readonly record struct RocPoint(double? Probability, double FalsePositiveRate, double TruePositiveRate);
