using System.Globalization;

using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Crash;

/// <summary>
/// An endless stream of inputs, the same for the same seed: new comments, edits (back to an older text, too), repeats,
/// withdrawals of known and unknown comments, times out of order, far in the past and in the future, and lines that cannot
/// be read.
/// </summary>
/// <param name="begin">The event time at which it begins.</param>
internal sealed class KnownStream(int seed, DateTimeOffset begin)
{
    /// <summary>Beyond every clock: the desk puts the time of receipt in its place.</summary>
    public static readonly DateTimeOffset FarFuture = new(2199, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Texts = 4_000;

    /// <summary>From one input to the next, in event time.</summary>
    private const int StepMilliseconds = 100;

    /// <summary>Edits, repeats and withdrawals concern one of so many last comments: some of them in the same batch.</summary>
    private const int Reach = 60;

    private static readonly Lazy<string[]> _texts = new(() => [.. new CommentGenerator(seed: 5).Take(Texts).Select(comment => comment.Body)]);

    private readonly Random _dice = new(seed);
    private readonly List<StreamedComment> _last = [];
    private readonly Dictionary<string, string> _before = new(StringComparer.Ordinal);
    private StreamedComment? _back;
    private int _count;

    /// <summary>Some inputs cannot be read.</summary>
    public bool HasUnreadable { get; init; }

    /// <summary>Some comments have no time of their own, so that the desk gives them the time of receipt.</summary>
    public bool HasUntimed { get; init; }

    /// <summary>So long ago that a thousand kills come to an end before the stream reaches the present, and that nothing is old enough to be tidied away.</summary>
    public static DateTimeOffset BeginBefore(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(-30);

    public StreamedComment Next()
    {
        _count++;
        if (_back is { } back)
        {
            _back = null;
            return Edited(back, _before[back.Id]);
        }

        var kind = _dice.Next(100);
        if (HasUnreadable && kind < 12)
        {
            return Unreadable();
        }

        if (kind < 16)
        {
            return Withdrawn(_last.Count > 0 && kind < 15 ? Known().Id : Invariant($"unknown-{_count}"));
        }

        if (_last.Count == 0 || kind < 75)
        {
            return New();
        }

        var known = Known();
        if (kind < 80)
        {
            return known;
        }

        // To another text, often to and fro: whoever takes the two inputs again has two versions too many.
        var edited = Edited(known, Text());
        _back = kind < 93 ? edited : null;
        return edited;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private StreamedComment New()
    {
        var comment = new StreamedComment(
            Invariant($"c{_count}"), Text(), Invariant($"community-{_dice.Next(7)}"), _dice.Next(5) == 0 ? null : Invariant($"author-{_dice.Next(500)}"), Time(), Deleted: false);
        if (_last.Count == Reach)
        {
            _before.Remove(_last[0].Id);
            _last.RemoveAt(0);
        }

        _last.Add(comment);
        return comment;
    }

    private StreamedComment Edited(StreamedComment known, string text)
    {
        _before[known.Id] = known.Body;
        var edited = known with { Body = text };
        _last[_last.FindIndex(comment => comment.Id == known.Id)] = edited;
        return edited;
    }

    private StreamedComment Known() => _last[_dice.Next(_last.Count)];

    private static StreamedComment Withdrawn(string id) => new(id, "", "community-0", null, null, Deleted: true);

    private StreamedComment Unreadable()
    {
        var line = _dice.Next(4) switch
        {
            0 => Invariant($"{{\"id\":\"u{_count}\",\"body\":"),
            1 => Invariant($"{{\"id\":\"u{_count}\"}}"),
            2 => Invariant($"[{_count}]"),
            _ => Invariant($"{{\"id\":\"u{_count}\",\"body\":\"text {_count}\",\"createdAt\":\"yesterday\"}}"),
        };
        return new StreamedComment("", "", "", null, null, Deleted: false, line);
    }

    private DateTimeOffset? Time()
    {
        var even = begin.AddMilliseconds((double)_count * StepMilliseconds);
        return _dice.Next(100) switch
        {
            < 5 when HasUntimed => null,
            < 6 => FarFuture,
            < 7 => even.AddHours(-_dice.Next(1, 12)),
            < 30 => even.AddSeconds(-_dice.Next(600)),
            _ => even.AddMilliseconds(_dice.Next(1_000)),
        };
    }

    private string Text() => _texts.Value[_dice.Next(Texts)];
}
