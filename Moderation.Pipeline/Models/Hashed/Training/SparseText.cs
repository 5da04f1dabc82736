namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>A training text as its features.</summary>
/// <param name="Buckets">Ascending, each once.</param>
/// <param name="Counts">How often the text has each of <paramref name="Buckets"/>; stops at 65,535.</param>
/// <param name="Tokens">The text's tokens, at least 1: a count weighs count / √tokens.</param>
/// <param name="Style"><see cref="TextStyle.Values"/> numbers.</param>
internal sealed record SparseText(int[] Buckets, ushort[] Counts, int Tokens, double[] Style, bool Removed)
{
    [ThreadStatic]
    private static OccurrenceBuffer? _occurrences;

    public static SparseText Of(string body, bool removed, WordList list)
    {
        var buffer = TextBuffer.ForThread;
        buffer.Load(body.AsSpan());
        var occurrences = _occurrences ??= new OccurrenceBuffer();
        occurrences.Clear();
        var sink = new OccurrenceSink(list, occurrences);
        var style = TextWalker.Walk(buffer.Padded, buffer.Length, ref sink);
        var (buckets, counts) = occurrences.Count();
        var values = new double[TextStyle.Values];
        style.CopyTo(values);
        return new SparseText(buckets, counts, Math.Max(1, style.Tokens), values, removed);
    }
}
