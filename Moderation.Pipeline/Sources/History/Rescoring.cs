using Moderation.Pipeline.Models.Registry;

namespace Moderation.Pipeline.Sources.History;

/// <summary>
/// Says of a batch that its comments are stored already: each gets one more prediction, and nothing else of it changes.
/// </summary>
/// <param name="Model">Scores them, whichever model is live.</param>
/// <param name="Texts">The stored texts, one for each comment of the batch, in the same order.</param>
public sealed record Rescoring(LoadedModel Model, IReadOnlyList<TextKey> Texts);
