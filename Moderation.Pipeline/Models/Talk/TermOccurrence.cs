namespace Moderation.Pipeline.Models.Talk;

/// <summary>A term at a place: <paramref name="Tokens"/> tokens from <paramref name="FirstToken"/> on.</summary>
/// <param name="Term">Index in the vocabulary.</param>
internal readonly record struct TermOccurrence(int Term, int FirstToken, int Tokens);
