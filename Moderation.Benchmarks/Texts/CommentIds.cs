namespace Moderation.Benchmarks.Texts;

/// <summary>How a site numbers its comments.</summary>
internal enum CommentIds
{
    /// <summary>One after another, as Reddit does: each new key goes to the end of an index.</summary>
    Growing,

    /// <summary>At random: each new key goes to another place of an index.</summary>
    Random,
}
