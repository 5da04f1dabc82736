namespace Moderation.Pipeline.Models.Exploration;

/// <summary>A word that stands out in the texts of one label.</summary>
/// <param name="Term">In lower case, fit to be shown: obscenities are masked. Still written by strangers, so escape it.</param>
/// <param name="RemovedTexts">How many distinct removed texts hold it.</param>
/// <param name="KeptTexts">How many distinct kept texts hold it.</param>
/// <param name="Z">Its log-odds in standard deviations; positive where it goes with removal.</param>
public sealed record TermWeight(string Term, int RemovedTexts, int KeptTexts, double Z);
