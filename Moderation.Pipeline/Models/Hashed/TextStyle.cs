namespace Moderation.Pipeline.Models.Hashed;

/// <summary>How a text is written, whatever it says: a few counts that the walk makes by the way.</summary>
internal struct TextStyle
{
    /// <summary>Where the length's line may bend, in ln(1 + tokens): 2, 5, 11, 24, 48, 98 and 199 tokens.</summary>
    private static readonly double[] _bends = [1.1, 1.8, 2.5, 3.2, 3.9, 4.6, 5.3];

    /// <summary>Values of the length; the rest have one each.</summary>
    public const int LengthValues = 8;

    public const int Values = LengthValues + 7;

    /// <summary>The terms as people read them; the first stands for all values of the length.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["length", "capital letters", "question mark", "exclamation mark", "address", "full stops", "no mark at the end", "lower-case beginning"];

    /// <summary>Bytes of the cleaned text.</summary>
    public int Bytes { get; set; }

    public int Tokens { get; set; }

    public int Capitals { get; set; }

    public int QuestionMarks { get; set; }

    public int ExclamationMarks { get; set; }

    public int FullStops { get; set; }

    public int Addresses { get; set; }

    public bool EndsOpen { get; set; }

    public bool BeginsLower { get; set; }

    /// <summary>Writes the <see cref="LengthValues"/> numbers of a text of so many tokens.</summary>
    public static void CopyLength(int tokens, Span<double> values)
    {
        var length = Math.Log(1 + tokens);
        values[0] = length;
        for (var i = 0; i < _bends.Length; i++)
        {
            values[i + 1] = Math.Max(0, length - _bends[i]);
        }
    }

    /// <summary>Writes the <see cref="Values"/> numbers that the model weighs.</summary>
    public readonly void CopyTo(Span<double> values)
    {
        CopyLength(Tokens, values);
        CopyRest(values);
    }

    /// <summary>Writes the values behind those of the length, and nothing before them.</summary>
    public readonly void CopyRest(Span<double> values)
    {
        values[8] = (double)Capitals / Math.Max(1, Bytes);
        values[9] = QuestionMarks > 0 ? 1 : 0;
        values[10] = ExclamationMarks > 0 ? 1 : 0;
        values[11] = Addresses > 0 ? 1 : 0;
        values[12] = (double)FullStops / Math.Max(1, Tokens);
        values[13] = EndsOpen ? 1 : 0;
        values[14] = BeginsLower ? 1 : 0;
    }
}
