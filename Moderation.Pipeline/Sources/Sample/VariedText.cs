using System.Text;

namespace Moderation.Pipeline.Sources.Sample;

/// <summary>A text with alternatives in it: <c>I {like|love} it</c> is two texts.</summary>
internal sealed class VariedText
{
    private readonly string[] _fixed;
    private readonly string[][] _alternatives;

    private VariedText(string[] fixedParts, string[][] alternatives)
    {
        _fixed = fixedParts;
        _alternatives = alternatives;
        Count = alternatives.Aggregate(1, static (product, group) => product * group.Length);
    }

    /// <summary>How many different texts it holds.</summary>
    public int Count { get; }

    /// <summary>The text with the first of all alternatives.</summary>
    public string Main => Variation(0);

    /// <exception cref="FormatException">A brace is unbalanced, or a group has fewer than two alternatives.</exception>
    public static VariedText Parse(string source)
    {
        var fixedParts = new List<string>();
        var alternatives = new List<string[]>();
        var rest = source.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest.IndexOf('}');
            var group = close > open ? rest[(open + 1)..close].ToString().Split('|') : [];
            if (group.Length < 2 || Array.Exists(group, alternative => alternative.Contains('{', StringComparison.Ordinal)))
            {
                throw new FormatException($"The alternatives of '{source}' are not of the form {{one|other}}.");
            }

            fixedParts.Add(rest[..open].ToString());
            alternatives.Add(group);
            rest = rest[(close + 1)..];
        }

        fixedParts.Add(rest.ToString());
        return new VariedText([.. fixedParts], [.. alternatives]);
    }

    /// <summary>One of the texts; numbers beyond <see cref="Count"/> begin again.</summary>
    public string Variation(int number)
    {
        var text = new StringBuilder(_fixed[0]);
        var left = number % Count;
        for (var i = 0; i < _alternatives.Length; i++)
        {
            text.Append(_alternatives[i][left % _alternatives[i].Length]).Append(_fixed[i + 1]);
            left /= _alternatives[i].Length;
        }

        return text.ToString();
    }

    /// <summary>
    /// Texts that have as few alternatives in common as can be: the first of every group, the second of every group, and
    /// so on; a shorter group begins again. There are as many as the longest group has, and no more than asked for.
    /// </summary>
    public IEnumerable<string> Wordings(int most)
    {
        var longest = _alternatives.Aggregate(1, static (length, group) => Math.Max(length, group.Length));
        for (var step = 0; step < Math.Min(longest, most); step++)
        {
            var text = new StringBuilder(_fixed[0]);
            for (var i = 0; i < _alternatives.Length; i++)
            {
                text.Append(_alternatives[i][step % _alternatives[i].Length]).Append(_fixed[i + 1]);
            }

            yield return text.ToString();
        }
    }
}
