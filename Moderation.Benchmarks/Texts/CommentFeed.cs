using System.Text.Json;

namespace Moderation.Benchmarks.Texts;

/// <summary>
/// NDJSON as a site would hand it over: ids, authors, communities, threads, and times in small disorder. Each call goes on
/// where the last one stopped; the same seed gives the same lines.
/// </summary>
/// <param name="bodies">Texts to draw from.</param>
internal sealed class CommentFeed(IReadOnlyList<string> bodies, CommentIds ids, int seed)
{
    /// <summary>Milliseconds between two comments, at most; half of it at the mean, which is 100 comments a second.</summary>
    private const int LongestGap = 20;

    /// <summary>Milliseconds by which a comment may come behind its turn: less than the allowed out-of-orderness of a minute.</summary>
    private const int LongestDelay = 30_000;

    private const int CommentsOfAThread = 40;
    private const int FirstAuthors = 2_000;

    /// <summary>For so many comments there is a new author.</summary>
    private const int CommentsOfAnAuthor = 8;

    /// <summary>Ids of one length, so that they grow as texts, too.</summary>
    private const long FirstId = 36L * 36 * 36 * 36 * 36 * 36;

    private static readonly DateTimeOffset _start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] _communities =
        ["science", "askscience", "worldnews", "books", "gardening", "cooking", "running", "chess", "linux", "music", "movies", "history"];

    private readonly Random _dice = new(seed);
    private long _time = _start.ToUnixTimeMilliseconds();

    /// <summary>Lines written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes the next lines to a fresh file.</summary>
    /// <returns>Bytes written.</returns>
    public long Write(string path, int rows, CancellationToken stop)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        using var json = new Utf8JsonWriter(file);
        for (var row = 0; row < rows; row++)
        {
            stop.ThrowIfCancellationRequested();
            WriteNext(json);
            json.Flush();
            json.Reset();
            file.WriteByte((byte)'\n');
        }

        return file.Position;
    }

    private void WriteNext(Utf8JsonWriter json)
    {
        _time += _dice.Next(LongestGap + 1);
        json.WriteStartObject();
        json.WriteString("id", NextId());
        json.WriteString("body", bodies[_dice.Next(bodies.Count)]);
        json.WriteString("author", "user_" + Skewed(FirstAuthors + (Count / CommentsOfAnAuthor)).ToString("D", null));
        json.WriteString("community", _communities[Skewed(_communities.Length)]);
        json.WriteString("threadId", "t3_" + Base36(FirstId + (Count / CommentsOfAThread)));
        json.WriteString("createdAt", DateTimeOffset.FromUnixTimeMilliseconds(_time - _dice.Next(LongestDelay)));
        json.WriteNumber("score", _dice.Next(-5, 300));
        json.WriteEndObject();
        Count++;
    }

    private string NextId()
    {
        if (ids == CommentIds.Growing)
        {
            return "t1_" + Base36(FirstId + Count);
        }

        Span<byte> bytes = stackalloc byte[16];
        _dice.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>Below <paramref name="count"/>, the small ones more often: few people write much.</summary>
    private long Skewed(long count)
    {
        var drawn = _dice.NextDouble();
        return (long)(count * drawn * drawn);
    }

    private static string Base36(long value)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        Span<char> text = stackalloc char[13];
        var at = text.Length;
        for (; value > 0; value /= Digits.Length)
        {
            text[--at] = Digits[(int)(value % Digits.Length)];
        }

        return text[at..].ToString();
    }
}
