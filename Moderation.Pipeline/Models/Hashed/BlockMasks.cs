using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>One bit for each of 64 bytes, lowest first, for each class of bytes that the walk tells apart.</summary>
internal readonly ref struct BlockMasks
{
    private readonly ulong _apostrophes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockMasks(ref byte first)
    {
        var low = Vector256.LoadUnsafe(ref first);
        var high = Vector256.LoadUnsafe(ref first, (nuint)Vector256<byte>.Count);
        High = Mask(low, high);
        Capitals = Mask(InRange(low, (byte)'A', (byte)'Z'), InRange(high, (byte)'A', (byte)'Z'));
        Letters = High | Mask(IsAsciiLetter(low), IsAsciiLetter(high));
        _apostrophes = Equal(low, high, (byte)'\'');
        FullStops = Equal(low, high, (byte)'.');
        BehindSpecial = FullStops | Equal(low, high, (byte)':') | Equal(low, high, (byte)'+');
        QuestionMarks = Equal(low, high, (byte)'?');
        ExclamationMarks = Equal(low, high, (byte)'!');
        var spaces = Mask(IsSpace(low), IsSpace(high));
        Symbols = ~(Letters | _apostrophes | spaces);
    }

    /// <summary>Letters, digits, underscores, and all bytes outside ASCII.</summary>
    public ulong Letters { get; }

    /// <summary>Bytes outside ASCII.</summary>
    public ulong High { get; }

    public ulong Capitals { get; }

    public ulong FullStops { get; }

    /// <summary>What stands behind a word that may begin an address or a written code point: full stop, colon, plus.</summary>
    public ulong BehindSpecial { get; }

    public ulong QuestionMarks { get; }

    public ulong ExclamationMarks { get; }

    /// <summary>ASCII that is neither letter nor apostrophe nor space nor control.</summary>
    public ulong Symbols { get; }

    /// <summary>Apostrophes with a letter on both sides.</summary>
    /// <param name="letterBefore">Whether the byte before the block is a letter.</param>
    /// <param name="letterBehind">Whether the byte behind the block is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong JoiningApostrophes(bool letterBefore, bool letterBehind) =>
        _apostrophes == 0
            ? 0
            : _apostrophes & ((Letters << 1) | (letterBefore ? 1UL : 0)) & ((Letters >> 1) | (letterBehind ? 1UL << 63 : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> IsAsciiLetter(Vector256<byte> bytes) =>
        InRange(bytes | Vector256.Create((byte)0x20), (byte)'a', (byte)'z')
        | InRange(bytes, (byte)'0', (byte)'9')
        | Vector256.Equals(bytes, Vector256.Create((byte)'_'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> IsSpace(Vector256<byte> bytes) =>
        Vector256.LessThanOrEqual(bytes, Vector256.Create((byte)0x20)) | Vector256.Equals(bytes, Vector256.Create((byte)0x7F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> InRange(Vector256<byte> bytes, byte first, byte last) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create(first), Vector256.Create((byte)(last - first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(Vector256<byte> low, Vector256<byte> high, byte value) =>
        Mask(Vector256.Equals(low, Vector256.Create(value)), Vector256.Equals(high, Vector256.Create(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
