using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads bytes that are not UTF-8 as Windows-1252, one by one; what is UTF-8 stays UTF-8.</summary>
public sealed class Windows1252Fallback : DecoderFallback
{
    /// <summary>0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard); from 0xA0 on it is Latin-1.</summary>
    private const string HighControls =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>UTF-8 with this fallback.</summary>
    public static Encoding Encoding { get; } =
        Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252Fallback());

    // A maximal invalid subsequence of UTF-8 has at most three bytes.
    public override int MaxCharCount => 3;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private readonly char[] _chars = new char[4];
        private int _count;
        private int _next;

        public override int Remaining => _count - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _next = 0;
            _count = 0;
            foreach (var b in bytesUnknown)
            {
                _chars[_count++] = b is >= 0x80 and < 0xA0 ? HighControls[b - 0x80] : (char)b;
            }

            return _count > 0;
        }

        public override char GetNextChar() => _next < _count ? _chars[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_next, _count) = (0, 0);
    }
}
