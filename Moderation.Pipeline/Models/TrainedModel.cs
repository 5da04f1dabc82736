namespace Moderation.Pipeline.Models;

/// <summary>A scorer with what is known about it.</summary>
public sealed record TrainedModel(Scorer Scorer, ModelCard Card);
