using System.Globalization;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>What cross-validation chooses.</summary>
/// <param name="L2">Weight of half the squared weights beside the summed loss.</param>
/// <param name="Contrast">How far a feature's size follows its naive-Bayes log-ratio; 0 leaves only rarity.</param>
internal readonly record struct FitSettings(float L2, double Contrast)
{
    /// <summary>For people, and for the card.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe() =>
    [
        new("l2", L2.ToString(CultureInfo.InvariantCulture)),
        new("contrast", Contrast.ToString(CultureInfo.InvariantCulture)),
    ];
}
