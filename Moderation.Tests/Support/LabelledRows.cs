using System.Globalization;
using System.Text;

namespace Moderation.Tests.Support;

/// <summary>Made-up labelled comments that a model learns to tell apart, for tests that need any model at all.</summary>
public static class LabelledRows
{
    private static readonly string[] _kept = ["thanks", "paper", "method", "interesting", "sample", "result", "question", "authors", "study", "evidence"];
    private static readonly string[] _removed = ["idiot", "moron", "shut", "trash", "loser", "pathetic", "clown", "stupid", "garbage", "dumb"];

    /// <summary>Rows under the header <c>id,text,label</c>; every second one is removed.</summary>
    public static string Csv(int rows, int seed = 1)
    {
        var dice = new Random(seed);
        var csv = new StringBuilder("id,text,label\r\n");
        for (var row = 1; row <= rows; row++)
        {
            var removed = row % 2 == 0;
            csv.Append(CultureInfo.InvariantCulture, $"r{seed}-{row},\"{Text(dice, removed)} {seed} {row}\",{(removed ? 1 : 0)}\r\n");
        }

        return csv.ToString();
    }

    /// <summary>One NDJSON line for each text.</summary>
    public static string Ndjson(params (string Id, string Body)[] comments) => string.Concat(
        comments.Select(comment => System.Text.Json.JsonSerializer.Serialize(new { id = comment.Id, body = comment.Body }) + "\n"));

    private static string Text(Random dice, bool removed)
    {
        var words = removed ? _removed : _kept;
        return string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[dice.Next(words.Length)]));
    }
}
