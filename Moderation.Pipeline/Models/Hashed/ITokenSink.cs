namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Takes the tokens of a text in order. Positions are bytes of the cleaned UTF-8 text.</summary>
internal interface ITokenSink
{
    /// <summary>A word of 1 to <see cref="PackedWord.MostLetters"/> letters.</summary>
    void Word(PackedWord word, int start, int end);

    /// <summary>A longer word, one byte a letter, at most <see cref="TextWalker.LongestWord"/>.</summary>
    void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end);

    /// <summary>A run of one symbol.</summary>
    /// <param name="run">How often it stands there, at least 1.</param>
    void Symbol(int codePoint, int run, int start, int end);

    /// <summary>A web address.</summary>
    void Address(int start, int end);
}
