using System.Runtime.CompilerServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// A word between its borders, read from the front, letter by letter. It stays in registers: bytes written to memory one
/// way and read back another way cost a wait at every letter.
/// </summary>
internal struct BorderedWord
{
    private ulong _first;
    private ulong _second;
    private ulong _third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BorderedWord(PackedWord word)
    {
        _first = (word.Low << 8) | FeatureHash.WordStart;
        _second = (word.High << 8) | (word.Low >> 56);
        _third = word.High >> 56;
        var end = word.Letters + 1;
        var mark = (ulong)FeatureHash.WordEnd << (8 * end);
        _first |= end < 8 ? mark : 0;
        _second |= end is >= 8 and < 16 ? mark : 0;
        _third |= end >= 16 ? mark : 0;
    }

    /// <summary>The next eight bytes, the first of them lowest; zeros behind the end.</summary>
    public readonly ulong Eight => _first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        _first = (_first >> 8) | (_second << 56);
        _second = (_second >> 8) | (_third << 56);
        _third >>= 8;
    }
}
