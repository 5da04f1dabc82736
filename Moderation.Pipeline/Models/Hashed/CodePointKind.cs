namespace Moderation.Pipeline.Models.Hashed;

internal enum CodePointKind
{
    Letter,
    Symbol,
    Apostrophe,
    Gap,

    /// <summary>Passed over: neither part of a token nor an end of one.</summary>
    Transparent,
}
