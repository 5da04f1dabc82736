namespace Moderation.Pipeline.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    /// <summary>Letters, digits, and apostrophes inside them.</summary>
    Word,

    /// <summary>A web address; all addresses are one term to the model.</summary>
    Url,

    /// <summary>A run of one punctuation mark or symbol ("!!!", "?", an emoji).</summary>
    Symbol,
}

/// <summary>A stretch of text: <c>text[Start .. Start + Length]</c>.</summary>
public readonly record struct Token(int Start, int Length, TokenKind Kind)
{
    public int End => Start + Length;
}
