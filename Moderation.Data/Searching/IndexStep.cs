namespace Moderation.Data.Searching;

/// <summary>What one step of the indexing did.</summary>
/// <param name="Texts">How many texts it added; 0 when the index is up to date.</param>
/// <param name="Position">The row of the last text in the index.</param>
internal readonly record struct IndexStep(int Texts, long Position);
