namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>How many rows of each label have a probability from <see cref="From"/> to below <see cref="To"/> (1 is in the last bin).</summary>
public sealed record ScoreBin(double From, double To, int Removed, int Kept);
