using System.Globalization;
using System.Security.Cryptography;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>How far a file was read.</summary>
/// <param name="Records">The whole records that lie behind.</param>
/// <param name="FingerprintLength">Bytes of the file's beginning that the fingerprint covers.</param>
/// <param name="Fingerprint">Tells whether it is still the same file.</param>
internal sealed record FilePosition(long Records, int FingerprintLength, string Fingerprint)
{
    /// <summary>The line in which the next record begins, from 1; 0 when it was not stored.</summary>
    public long Line { get; init; }

    /// <summary>Where the next record begins, in bytes; 0 when only counting the records leads there.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// The next record was read too, while it was the file's last and might still grow; it looked like this. Empty when
    /// it was not read.
    /// </summary>
    public string Tail { get; init; } = "";

    public static bool TryParse(string text, out FilePosition position)
    {
        position = null!;
        var parts = text.Split(' ');
        long line = 0, offset = 0;
        if (parts.Length is not (3 or 5 or 6)
            || !TryCount(parts[0], out var records)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || (parts.Length > 3 && !(TryCount(parts[3], out line) && TryCount(parts[4], out offset))))
        {
            return false;
        }

        position = new FilePosition(records, length, parts[2]) { Line = line, Offset = offset, Tail = parts.Length > 5 ? parts[5] : "" };
        return true;
    }

    /// <summary>Describes a record's bytes in a few characters; its line end does not count.</summary>
    public static string Describe(ReadOnlySpan<byte> record)
    {
        var content = record.TrimEnd("\r\n"u8);
        return string.Create(CultureInfo.InvariantCulture, $"{content.Length}:{Hash(content)}");
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Records} {FingerprintLength} {Fingerprint} {Line} {Offset}{(Tail.Length > 0 ? " " : "")}{Tail}");

    private static bool TryCount(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
