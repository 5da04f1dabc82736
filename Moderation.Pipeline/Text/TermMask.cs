using System.Reflection;

namespace Moderation.Pipeline.Text;

/// <summary>Hides the inside of obscenities and slurs before a term is shown to people: "f**k".</summary>
/// <remarks>Only whole words count, so that "Scunthorpe" stays. The words stand in Obscenities.txt.</remarks>
internal static class TermMask
{
    private const string Resource = "text/Obscenities.txt";
    private const char Comment = '#';

    private static readonly HashSet<string> _words = Read();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The words that are masked, in lower case.</summary>
    public static IReadOnlyCollection<string> Words => _words;

    /// <summary>The text with all letters but the first and last of each listed word replaced by asterisks; its length stays.</summary>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[]? masked = null;
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                i++;
            }

            if (_lookup.Contains(text.AsSpan(start, i - start)))
            {
                masked ??= text.ToCharArray();
                masked.AsSpan(start + 1, i - start - 2).Fill('*');
            }
        }

        return masked is null ? text : new string(masked);
    }

    private static HashSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != Comment)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
