using System.Globalization;

namespace Moderation.Pipeline.Sources;

/// <summary>
/// A place in a source's stream. Opaque to everyone but the source that made it: it is stored with the rows it
/// covers and handed back when the source resumes.
/// </summary>
public readonly record struct SourcePosition(string Value)
{
    /// <summary>
    /// How far into the stream it is, as far as it says so: the whole number that it begins with, up to a space. A position behind
    /// another one has no smaller number. Null when it begins with none.
    /// </summary>
    public long? Order => long.TryParse(Value.AsSpan(0, Value.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? end : Value.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var order)
        ? order
        : null;

    public override string ToString() => Value;
}
