namespace Moderation.Pipeline.Text;

/// <summary>The stretch of the original that one cleaned character stands for.</summary>
public readonly record struct Origin(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Cleaned text that remembers where each of its characters came from.</summary>
/// <param name="Text">What the tokeniser reads.</param>
/// <param name="Origins">One for each character of <paramref name="Text"/>, starts ascending.</param>
public sealed record CleanText(string Text, IReadOnlyList<Origin> Origins);
