namespace Moderation.Pipeline.Sources.Sample;

/// <summary>A labelled comment of the built-in corpus.</summary>
/// <param name="Community">The file it stands in.</param>
/// <param name="Reason">Why moderators removed it; null when they kept it.</param>
/// <param name="Text">The text with its variations.</param>
internal sealed record SampleEntry(
    string Community, string Thread, string Author, bool Removed, string? Reason, VariedText Text);
