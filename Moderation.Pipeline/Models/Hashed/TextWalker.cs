using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Cuts a cleaned text into words, addresses and symbols, 64 bytes at a time, and notes its style.</summary>
/// <remarks>
/// A word is a run of letters, digits and underscores, with single apostrophes between them; a longer one than
/// <see cref="LongestWord"/> letters counts as several. Letters are lower-cased. Format characters, and accents that are
/// written as characters of their own, are passed over as if they were not there. Each byte is looked at a constant
/// number of times. Method bodies are compiled at full optimisation from the first call: the walk is a few long loops,
/// which gain nothing from profiles and would lose the first second of every start.
/// </remarks>
internal static class TextWalker
{
    /// <summary>Letters after which a word is cut.</summary>
    public const int LongestWord = 64;

    /// <summary>Zero bytes that must follow the text.</summary>
    public const int Padding = 128;

    private const int Block = 64;
    private const byte Apostrophe = (byte)'\'';
    private const ulong Www = 0x777777;
    private const ulong Http = 0x70747468;
    private const ulong Https = 0x7370747468;

    /// <param name="padded">UTF-8 that is valid, followed by <see cref="Padding"/> zero bytes.</param>
    /// <param name="length">Bytes of the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TextStyle Walk<TSink>(ReadOnlySpan<byte> padded, int length, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        if (padded.Length < length + Padding)
        {
            throw new ArgumentException("The text is not padded.", nameof(padded));
        }

        ref var text = ref MemoryMarshal.GetReference(padded);
        var style = new TextStyle { Bytes = length };
        var tokens = 0;
        var isCut = false;
        for (var position = 0; position < length;)
        {
            var masks = new BlockMasks(ref Unsafe.Add(ref text, position));
            var words = masks.Letters | masks.JoiningApostrophes(isCut, IsLetter(Unsafe.Add(ref text, position + Block)));
            var continues = isCut;
            isCut = false;
            var counted = ulong.MaxValue;
            var advance = Block;
            var starts = (words & ~(words << 1)) | masks.Symbols;
            while (starts != 0)
            {
                var at = BitOperations.TrailingZeroCount(starts);
                var start = position + at;
                int end;
                if (((masks.Symbols >> at) & 1) != 0)
                {
                    end = EndOfRun(ref text, start, out var run);
                    sink.Symbol(Unsafe.Add(ref text, start), run, start, end);
                    tokens++;
                    starts &= starts - 1;
                    if (end == start + 1)
                    {
                        continue;
                    }

                    style.FullStops += FullStopsFrom(padded, position + Block, end);
                }
                else
                {
                    var letters = BitOperations.TrailingZeroCount(~(words >> at));
                    if (at + letters >= Block && at > 0)
                    {
                        // The word may go on: look again from its start.
                        advance = at;
                        break;
                    }

                    starts &= starts - 1;
                    if (((masks.High >> at) & Low(letters)) != 0 || (letters == Block && Unsafe.Add(ref text, start + Block) >= 0x80))
                    {
                        counted &= Low(at);
                        end = WalkOutsideAscii(padded, start, continues && at == 0, ref sink, ref style, ref tokens);
                    }
                    else
                    {
                        end = start + letters;
                        tokens++;
                        if (letters <= PackedWord.MostLetters)
                        {
                            var word = Pack(ref Unsafe.Add(ref text, start), letters);
                            if (((masks.BehindSpecial >> (at + letters)) & 1) != 0 && IsSpecial(word.Low) && !(continues && at == 0) && TryReadSpecial(ref text, start, word.Low, out var special, ref sink))
                            {
                                style.Addresses += special.IsAddress ? 1 : 0;
                                counted &= Low(at);
                                end = special.End;
                            }
                            else
                            {
                                sink.Word(word, start, end);
                                continue;
                            }
                        }
                        else
                        {
                            LongWord(padded[start..end], start, ref sink);
                            isCut = letters == Block;
                            continue;
                        }
                    }
                }

                // Something longer than the masks told has been read: go on behind it.
                var read = end - position;
                if (read >= Block || counted != ulong.MaxValue)
                {
                    advance = read;
                    break;
                }

                starts &= ~Low(read);
            }

            counted &= Low(Math.Min(advance, Block));
            style.Capitals += BitOperations.PopCount(masks.Capitals & counted);
            style.FullStops += BitOperations.PopCount(masks.FullStops & counted);
            style.QuestionMarks += BitOperations.PopCount(masks.QuestionMarks & counted);
            style.ExclamationMarks += BitOperations.PopCount(masks.ExclamationMarks & counted);
            position += advance;
        }

        style.Tokens = tokens;
        NoteEnds(padded[..length], ref style);
        return style;
    }

    /// <summary>The lowest <paramref name="count"/> bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLetter(byte b) => b >= 0x80 || (uint)((b | 0x20) - 'a') <= 'z' - 'a' || (uint)(b - '0') <= 9 || b == '_';

    /// <summary>Loads a word of ASCII letters in lower case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PackedWord Pack(ref byte start, int letters)
    {
        // Sixteen ones and sixteen zeros: read from the middle minus the letters, they cut off what is no letter.
        ReadOnlySpan<byte> ones =
        [
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ];
        var cut = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(ones), (nuint)(PackedWord.MostLetters - letters));
        var bytes = Vector128.LoadUnsafe(ref start) & cut;
        var capitals = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'A'), Vector128.Create((byte)('Z' - 'A')));
        var lower = (bytes | (capitals & Vector128.Create((byte)0x20))).AsUInt64();
        return new PackedWord(lower.ToScalar(), lower.GetElement(1), letters);
    }

    private static void LongWord<TSink>(ReadOnlySpan<byte> ascii, int start, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        Span<byte> letters = stackalloc byte[LongestWord];
        Ascii.ToLower(ascii, letters, out _);
        sink.LongWord(letters[..ascii.Length], start, start + ascii.Length);
    }

    /// <summary>The end of a run of one ASCII symbol; what is passed over does not end it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfRun(ref byte text, int start, out int run)
    {
        run = 1;
        var next = Unsafe.Add(ref text, start + 1);
        return next != Unsafe.Add(ref text, start) && next < 0x80 ? start + 1 : EndOfLongerRun(ref text, start, ref run);
    }

    private static int EndOfLongerRun(ref byte text, int start, ref int run)
    {
        var symbol = Unsafe.Add(ref text, start);
        var end = start + 1;
        for (var i = end; ;)
        {
            var next = Unsafe.Add(ref text, i);
            if (next == symbol)
            {
                run++;
                end = ++i;
            }
            else if (next >= 0x80 && Decode(ref text, i, out var rune) is var width && CodePoints.KindOf(rune) == CodePointKind.Transparent)
            {
                i += width;
            }
            else
            {
                return end;
            }
        }
    }

    /// <summary>Full stops of a run that goes on behind its block.</summary>
    private static int FullStopsFrom(ReadOnlySpan<byte> padded, int start, int end) =>
        end > start ? padded[start..end].Count((byte)'.') : 0;

    /// <summary>A stretch with bytes outside ASCII, up to a byte that can be in no word.</summary>
    private static int WalkOutsideAscii<TSink>(
        ReadOnlySpan<byte> padded, int start, bool continues, ref TSink sink, ref TextStyle style, ref int tokens)
        where TSink : struct, ITokenSink, allows ref struct
    {
        ref var text = ref MemoryMarshal.GetReference(padded);
        Span<byte> letters = stackalloc byte[LongestWord];
        var count = 0;
        var wordStart = start;
        var wordEnd = start;
        var apostrophe = false;
        var apostropheStart = start;
        var i = start;
        while (true)
        {
            var width = Decode(ref text, i, out var rune);
            var kind = rune.Value < 0x80 ? AsciiKind(rune.Value) : CodePoints.KindOf(rune);
            var joins = kind == CodePointKind.Apostrophe && (count > 0 || continues) && !apostrophe;
            if (rune.Value < 0x80 && kind != CodePointKind.Letter && !joins)
            {
                // Plain text again, which the masks read faster.
                break;
            }

            switch (kind)
            {
                case CodePointKind.Letter:
                    if (apostrophe)
                    {
                        Letter(Apostrophe, apostropheStart, i, ref sink, ref tokens, letters);
                        apostrophe = false;
                    }

                    style.Capitals += rune.Value is >= 'A' and <= 'Z' ? 1 : 0;
                    Letter(CodePoints.Fold(rune), i, i + width, ref sink, ref tokens, letters);
                    break;
                case CodePointKind.Apostrophe when joins:
                    apostrophe = true;
                    apostropheStart = i;
                    break;
                case CodePointKind.Transparent:
                    break;
                default:
                    Flush(ref sink, ref tokens, letters);
                    if (kind == CodePointKind.Symbol)
                    {
                        var end = EndOfSymbols(ref text, i, width, rune, out var run);
                        sink.Symbol(rune.Value, run, i, end);
                        tokens++;
                        width = end - i;
                    }

                    break;
            }

            i += width;
        }

        Flush(ref sink, ref tokens, letters);
        return i;

        void Letter(byte letter, int from, int to, ref TSink sink, ref int tokens, scoped Span<byte> letters)
        {
            if (count == LongestWord)
            {
                Emit(ref sink, ref tokens, letters);
            }

            wordStart = count == 0 ? from : wordStart;
            letters[count++] = letter;
            wordEnd = to;
        }

        void Flush(ref TSink sink, ref int tokens, scoped Span<byte> letters)
        {
            apostrophe = false;
            continues = false;
            if (count > 0)
            {
                Emit(ref sink, ref tokens, letters);
            }
        }

        void Emit(ref TSink sink, ref int tokens, scoped Span<byte> letters)
        {
            tokens++;
            if (count <= PackedWord.MostLetters)
            {
                sink.Word(PackedWord.Of(letters[..count]), wordStart, wordEnd);
            }
            else
            {
                sink.LongWord(letters[..count], wordStart, wordEnd);
            }

            count = 0;
        }
    }

    private static CodePointKind AsciiKind(int value) =>
        IsLetter((byte)value) ? CodePointKind.Letter : value == Apostrophe ? CodePointKind.Apostrophe : CodePointKind.Gap;

    private static int EndOfSymbols(ref byte text, int start, int width, Rune symbol, out int run)
    {
        run = 1;
        var end = start + width;
        for (var i = end; Unsafe.Add(ref text, i) >= 0x80;)
        {
            i += Decode(ref text, i, out var next);
            if (next == symbol)
            {
                run++;
                end = i;
            }
            else if (CodePoints.KindOf(next) != CodePointKind.Transparent)
            {
                break;
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Decode(ref byte text, int position, out Rune rune)
    {
        // Four bytes can always be read: the text is padded.
        Rune.DecodeFromUtf8(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, position), 4), out rune, out var width);
        return width;
    }

    /// <summary>Whether a word may be the beginning of something else.</summary>
    private static bool IsSpecial(ulong word) => word is Www or Http or Https or 'u';

    /// <summary>An address, or a character that an export wrote as U+1F600.</summary>
    private static bool TryReadSpecial<TSink>(ref byte text, int start, ulong word, out (int End, bool IsAddress) special, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        if (word == 'u')
        {
            special = (TryReadCodePoint(ref text, start + 1, out var codePoint), false);
            if (special.End > 0)
            {
                sink.Symbol(codePoint, 1, start, special.End);
            }

            return special.End > 0;
        }

        special = (EndOfAddress(ref text, start, word), true);
        if (special.End > 0)
        {
            sink.Address(start, special.End);
        }

        return special.End > 0;
    }

    /// <returns>The end of the mark, or 0.</returns>
    private static int TryReadCodePoint(ref byte text, int plus, out int codePoint)
    {
        const int FewestDigits = 4;
        const int MostDigits = 6;
        codePoint = 0;
        if (Unsafe.Add(ref text, plus) != '+')
        {
            return 0;
        }

        var i = plus + 1;
        for (; i <= plus + MostDigits && char.IsAsciiHexDigit((char)Unsafe.Add(ref text, i)); i++)
        {
            var digit = Unsafe.Add(ref text, i);
            codePoint = (codePoint << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return i - plus > FewestDigits && !IsLetter(Unsafe.Add(ref text, i)) ? i : 0;
    }

    /// <returns>The end of the address, or 0 when there is none.</returns>
    private static int EndOfAddress(ref byte text, int start, ulong word)
    {
        var i = start + (word == Www ? 3 : word == Http ? 4 : 5);
        ReadOnlySpan<byte> mark = word == Www ? "."u8 : "://"u8;
        if (!MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, i), mark.Length).SequenceEqual(mark))
        {
            return 0;
        }

        i += mark.Length;
        var first = i;
        while (Unsafe.Add(ref text, i) is > 0x20 and not ((byte)'<' or (byte)'>' or (byte)'"' or 0x7F))
        {
            i++;
        }

        while (i > first && Unsafe.Add(ref text, i - 1) is (byte)'.' or (byte)',' or (byte)'!' or (byte)'?' or (byte)')' or (byte)';' or (byte)':' or (byte)'\'')
        {
            i--;
        }

        return i > first ? i : 0;
    }

    private static void NoteEnds(ReadOnlySpan<byte> text, ref TextStyle style)
    {
        var first = text.IndexOfAnyExceptInRange((byte)0, (byte)0x20);
        if (first < 0)
        {
            return;
        }

        var last = text[text.LastIndexOfAnyExceptInRange((byte)0, (byte)0x20)];
        style.BeginsLower = text[first] is >= (byte)'a' and <= (byte)'z';
        style.EndsOpen = last is not ((byte)'.' or (byte)'!' or (byte)'?');
    }
}
