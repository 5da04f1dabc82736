using System.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Tells which character of a text a byte of its UTF-8 form belongs to.</summary>
internal readonly struct CharacterPositions
{
    private readonly int[]? _ofByte;

    public CharacterPositions(string text)
    {
        if (Ascii.IsValid(text))
        {
            return;
        }

        var positions = new List<int>(text.Length + (text.Length / 8));
        for (var i = 0; i < text.Length;)
        {
            // A lone half of a pair is written as U+FFFD.
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var width);
            for (var b = 0; b < rune.Utf8SequenceLength; b++)
            {
                positions.Add(i);
            }

            i += width;
        }

        positions.Add(text.Length);
        _ofByte = [.. positions];
    }

    /// <param name="utf8Position">Of the first byte of a character, or the end of the text.</param>
    public int Of(int utf8Position) => _ofByte is null ? utf8Position : _ofByte[utf8Position];
}
