using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>A word of up to 16 letters in two registers: lower-cased, one byte a letter, zeros behind.</summary>
internal readonly record struct PackedWord(ulong Low, ulong High, int Letters)
{
    public const int MostLetters = 16;

    /// <param name="letters">1 to 16 folded letters.</param>
    public static PackedWord Of(ReadOnlySpan<byte> letters)
    {
        Span<byte> padded = stackalloc byte[MostLetters];
        padded.Clear();
        letters.CopyTo(padded);
        var halves = MemoryMarshal.Cast<byte, ulong>(padded);
        return new PackedWord(halves[0], halves[1], letters.Length);
    }

    /// <summary>Writes the letters to the front of <paramref name="destination"/>, which holds at least 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Low);
        MemoryMarshal.Write(destination[8..], High);
    }
}
