using System.Text;

using CsCheck;

using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

/// <summary>Random files of each form, in each encoding, with each line end, mostly readable.</summary>
internal static class RandomFiles
{
    private static readonly Gen<string> _lineEnd = Either("\n", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n");

    private static readonly Gen<string> _delimitedField = Gen.Frequency(
        (5, Gen.Int[0, 99].Select(i => $"v{i}")),
        (2, HostileText.Gen.Select(text => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')),
        (2, Either("\"two\nlines\"", "\"two\r\n\r\nlines\"", "naïve 😀", "é", "\u0080", "say \"x\"", "")),
        (1, HostileText.Gen));

    private static readonly Gen<string> _json = Gen.Frequency(
        (6, Gen.Int[0, 99].Select(i => $$"""{"id":"{{i}}","body":"text {{i}} é 😀"}""")),
        (2, Gen.Int[0, 99].Select(i => $$"""{ "text" : "no id \n {{i}}", "created_at" : "{{(i % 3 == 0 ? "someday" : "2026-01-01T00:00:00Z")}}" }""")),
        (1, Either("{\"body\":\"\\ud83d\"}", "{\"body\":\"\u0080\"}", "{\"deleted\":true,\"id\":5}", "[]", "{", "   ", "{\"nobody\":1}")),
        (1, HostileText.Gen));

    private static readonly Gen<Func<string, byte[]>> _encoding = Either<Func<string, byte[]>>(
        Encoding.UTF8.GetBytes,
        Encoding.UTF8.GetBytes,
        Encoding.Latin1.GetBytes,
        text => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
        text => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
        text => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)]);

    public static Gen<RandomFile> Any { get; } = Gen.OneOf(Delimited("a.csv", ','), Delimited("a.tsv", '\t'), Lines());

    private static Gen<RandomFile> Delimited(string name, char separator) =>
        Gen.Select(Rows(Gen.Select(_delimitedField, _delimitedField, (id, body) => $"{id}{separator}{body}")), _encoding, (rows, encode) =>
            new RandomFile(name, Readable(encode, $"id{separator}body\n{rows}")));

    private static Gen<RandomFile> Lines() =>
        Gen.Select(Rows(_json), _encoding, (rows, encode) => new RandomFile("a.ndjson", Readable(encode, rows)));

    private static Gen<string> Rows(Gen<string> row) => Gen.Select(row, _lineEnd, (content, end) => content + end).Array[0, 12].Select(string.Concat);

    private static Gen<T> Either<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Without NUL, which tells a file that is no text.</summary>
    private static byte[] Readable(Func<string, byte[]> encode, string text) => encode(text.Replace('\0', ' '));
}
