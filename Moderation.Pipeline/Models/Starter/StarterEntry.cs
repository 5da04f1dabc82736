using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Pipeline.Models.Starter;

/// <summary>A labelled text that only the starter model learns from.</summary>
/// <param name="Group">The file it stands in: what the genres of both labels in it have in common.</param>
/// <param name="Genre">What kind of comment it is.</param>
/// <param name="Reason">Why moderators would remove it; null when they would keep it.</param>
/// <param name="Text">The text with its variations.</param>
internal sealed record StarterEntry(string Group, string Genre, bool Removed, string? Reason, VariedText Text);
