namespace Moderation.Pipeline.Models.Exploration;

/// <summary>How many texts of each label have from <see cref="From"/> to <see cref="To"/> characters.</summary>
/// <param name="To">Null in the last bin, which has no end.</param>
public sealed record LengthBin(int From, int? To, int Removed, int Kept);
