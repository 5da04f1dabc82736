namespace Moderation.Data.Searching;

/// <summary>How the index stands.</summary>
/// <param name="Position">The last text that is in the index, as a number that grows with every first or edited text.</param>
/// <param name="Behind">How many texts, first and edited ones, are stored and not indexed yet; never below 0.</param>
/// <param name="BytesOnDisk">The file and its log.</param>
/// <param name="RatePerSecond">Texts indexed a second, the mean of the last ten seconds.</param>
/// <param name="Problem">Why it does not go on, in a sentence; null when it does.</param>
public sealed record SearchFigures(long Position, long Behind, long BytesOnDisk, double RatePerSecond, string? Problem);
