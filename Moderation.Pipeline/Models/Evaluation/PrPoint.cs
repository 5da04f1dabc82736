namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>What flagging everything with at least this probability would do; all three from 0 to 1.</summary>
public readonly record struct PrPoint(double Probability, double Recall, double Precision);
