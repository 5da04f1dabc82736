using System.Buffers;
using System.Text.Unicode;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>The working memory of one thread: a text, cleaned, as padded UTF-8. Nothing is allocated once it is warm.</summary>
internal sealed class TextBuffer
{
    /// <summary>Longest text that is scored, in characters or bytes.</summary>
    public const int LongestText = 500_000_000;

    /// <summary>Elements of each array that are kept for the next text; more are given back.</summary>
    private const int MostKept = 4 << 20;

    private static readonly SearchValues<byte> _marks = SearchValues.Create("&<\\["u8);

    [ThreadStatic]
    private static TextBuffer? _forThread;

    private byte[] _bytes = new byte[4096];
    private char[] _original = [];
    private char[] _cleaned = [];

    public static TextBuffer ForThread => _forThread ??= new TextBuffer();

    /// <summary>Bytes of the text, without the padding.</summary>
    public int Length { get; private set; }

    /// <summary>The text and its padding.</summary>
    public ReadOnlySpan<byte> Padded => _bytes.AsSpan(0, Length + TextWalker.Padding);

    /// <summary>Takes a text as it came.</summary>
    public void Load(ReadOnlySpan<char> body)
    {
        RequireLength(body.Length);
        if (CommentCleaner.NeedsCleaning(body))
        {
            LoadClean(Clean(body));
            return;
        }

        Trim();
        LoadClean(body);
    }

    /// <summary>Takes a text as it came; a byte that is not UTF-8 reads as U+FFFD.</summary>
    public void Load(ReadOnlySpan<byte> utf8Body)
    {
        RequireLength(utf8Body.Length);
        Trim();
        if (utf8Body.ContainsAny(_marks) || !Utf8.IsValid(utf8Body))
        {
            Grow(ref _original, utf8Body.Length);
            Utf8.ToUtf16(utf8Body, _original, out _, out var characters, replaceInvalidSequences: true);
            Load(_original.AsSpan(0, characters));
            return;
        }

        Grow(ref _bytes, utf8Body.Length + TextWalker.Padding);
        utf8Body.CopyTo(_bytes);
        Pad(utf8Body.Length);
    }

    /// <summary>Takes a text that is clean.</summary>
    /// <exception cref="ArgumentException">The text is longer than <see cref="LongestText"/>.</exception>
    public void LoadClean(ReadOnlySpan<char> text)
    {
        const int MostBytesOfACharacter = 3;
        RequireLength(text.Length);
        Grow(ref _bytes, (text.Length * MostBytesOfACharacter) + TextWalker.Padding);
        Utf8.FromUtf16(text, _bytes, out _, out var length, replaceInvalidSequences: true);
        Pad(length);
    }

    private ReadOnlySpan<char> Clean(ReadOnlySpan<char> body)
    {
        Grow(ref _cleaned, body.Length);
        return _cleaned.AsSpan(0, CommentCleaner.Clean(body, _cleaned));
    }

    private void Pad(int length)
    {
        Length = length;
        _bytes.AsSpan(length, TextWalker.Padding).Clear();
    }

    private static void RequireLength(int length)
    {
        if (length > LongestText)
        {
            throw new ArgumentException($"A text of {length:N0} characters is too long to score; at most {LongestText:N0} are read.");
        }
    }

    /// <summary>Gives back what a text of unusual length took.</summary>
    private void Trim()
    {
        _original = _original.Length > MostKept ? [] : _original;
        _cleaned = _cleaned.Length > MostKept ? [] : _cleaned;
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length || (array.Length > MostKept && length <= MostKept))
        {
            array = new T[Math.Max(length, Math.Min(2 * length, MostKept))];
        }
    }
}
