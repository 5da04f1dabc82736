using System.Runtime.CompilerServices;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>One text for each column; null where the row has none. A value of its own, so that a row is one object.</summary>
internal struct RowValues
{
    public const int Count = (int)CommentColumn.Deleted + 1;

    private Texts _texts;

    public string? this[CommentColumn column]
    {
        readonly get => _texts[(int)column];
        set => _texts[(int)column] = value;
    }

    [InlineArray(Count)]
    private struct Texts
    {
        private string? _first;
    }
}
