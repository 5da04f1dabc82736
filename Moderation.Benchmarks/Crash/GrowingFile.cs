using System.Globalization;

namespace Moderation.Benchmarks.Crash;

/// <summary>The file that the file source reads. It grows by whole lines, while nobody reads it.</summary>
internal sealed class GrowingFile(string path, KnownStream stream)
{
    public string Path => path;

    public ExpectedSource Expected { get; } = new("file");

    /// <summary>Lines that are not committed yet, as far as anybody has seen.</summary>
    public int Ahead => Expected.Inputs - Seen;

    /// <summary>How many lines the desk was seen to have committed.</summary>
    public int Seen { get; private set; }

    public void Grow(int lines)
    {
        using var writer = File.AppendText(path);
        for (; lines > 0; lines--)
        {
            var input = stream.Next();
            Expected.Apply(input);
            writer.Write(input.ToJson());
            writer.Write('\n');
        }
    }

    /// <summary>Takes note of a position of the file source.</summary>
    public void See(string? position)
    {
        if (Records(position) is { } records)
        {
            Seen = Math.Max(Seen, records);
        }
    }

    /// <summary>
    /// The records that a position says are committed; null when it says nothing. It begins with their number; the file's last
    /// record, which may still grow, is described behind the rest and not in that number.
    /// </summary>
    public static int? Records(string? position)
    {
        const int PartsWithoutTail = 5;
        var parts = position?.Split(' ') ?? [];
        return parts.Length > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var records)
            ? records + (parts.Length > PartsWithoutTail ? 1 : 0)
            : null;
    }
}
