namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>The figures of some of the rows: those of one length, say, or of one community.</summary>
/// <param name="By">What the rows have in common: <c>length</c> or <c>community</c>.</param>
/// <param name="Name">A band of lengths in characters ("81–200"), or the community's name as the file has it.</param>
/// <param name="RemovedShare">Share of its rows that moderators removed, 0 to 1.</param>
public sealed record EvaluationSlice(string By, string Name, double RemovedShare, EvaluationMetrics Metrics);
