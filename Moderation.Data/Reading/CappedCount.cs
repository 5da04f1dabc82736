using System.Globalization;

namespace Moderation.Data.Reading;

/// <summary>A count that stops at a cap, so that counting never costs more than the cap.</summary>
public readonly record struct CappedCount(int Value, int Cap)
{
    /// <summary>"1,234", or "10,000+" at the cap.</summary>
    public override string ToString() => Value > Cap
        ? string.Create(CultureInfo.InvariantCulture, $"{Cap:N0}+")
        : Value.ToString("N0", CultureInfo.InvariantCulture);
}
