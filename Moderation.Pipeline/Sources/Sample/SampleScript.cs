using System.Globalization;

namespace Moderation.Pipeline.Sources.Sample;

/// <summary>
/// What the sample says at each step, as a pure function of the step, so that it can resume anywhere: every held-out
/// comment once a round, in an order of the round's own, worded differently each time; now and then one that came
/// shortly before is edited or repeated, and some come late.
/// </summary>
internal sealed class SampleScript(IReadOnlyList<SampleEntry> entries, int seed)
{
    /// <summary>An hour at five a second.</summary>
    private const int FewestSteps = 3600 * 5;

    private const int RepeatPercent = 2;
    private const int EditPercent = 3;
    private const int LatePercent = 5;
    private const int FurthestBack = 40;
    private const int JitterSeconds = 8;
    private const int LatestMinutes = 20;

    private static readonly string[] _openers =
    [
        "", "Honestly, ", "Long-time reader here. ", "Just my opinion: ", "Late to this thread, but: ", "Adding to this. ",
        "On my phone, sorry. ", "Not the first to say it: ", "Second try, the page ate my comment. ", "Right, so. ",
    ];

    private readonly Lock _lock = new();
    private (long Round, int[] Order) _round = (-1, []);

    /// <summary>Steps of one pass: whole rounds, enough for an hour at the default rate.</summary>
    public long StepsOfAPass { get; } = (FewestSteps + entries.Count - 1) / entries.Count * entries.Count;

    /// <summary>The comment of a step, written shortly before <paramref name="now"/>.</summary>
    public IncomingComment At(long step, DateTimeOffset now)
    {
        var dice = new Random(HashCode(step, 0));
        var kind = dice.Next(100);
        var back = dice.Next(1, FurthestBack);
        if (kind < RepeatPercent + EditPercent && step >= back && IsOriginal(step - back))
        {
            return Comment(step - back, edited: kind >= RepeatPercent, now.AddSeconds(-back));
        }

        var age = kind >= 100 - LatePercent
            ? TimeSpan.FromMinutes(1 + (dice.NextDouble() * (LatestMinutes - 1)))
            : TimeSpan.FromSeconds(dice.NextDouble() * JitterSeconds);
        return Comment(step, edited: false, now - age);
    }

    private bool IsOriginal(long step) => new Random(HashCode(step, 0)).Next(100) >= RepeatPercent + EditPercent;

    private IncomingComment Comment(long step, bool edited, DateTimeOffset createdAt)
    {
        var round = step / entries.Count;
        var index = OrderOf(round)[step % entries.Count];
        var entry = entries[index];
        var body = Wording(entry.Text, index, round);
        return new IncomingComment
        {
            ExternalId = string.Create(CultureInfo.InvariantCulture, $"{seed}-{step:D6}"),
            Body = edited ? body + "\n\nEdit: fixed a typo." : body,
            Author = entry.Author,
            Community = entry.Community,
            ThreadId = entry.Thread,
            CreatedAt = createdAt,
        };
    }

    /// <summary>All wordings of a text in turn, then all of them again behind another opener.</summary>
    private string Wording(VariedText text, int index, long round)
    {
        var first = HashCode(index, 1) & int.MaxValue;
        var opener = _openers[round / text.Count % _openers.Length];
        return opener + text.Variation((int)((first + round) % text.Count));
    }

    private int[] OrderOf(long round)
    {
        lock (_lock)
        {
            if (_round.Round != round)
            {
                var order = Enumerable.Range(0, entries.Count).ToArray();
                new Random(HashCode(round, 2)).Shuffle(order);
                _round = (round, order);
            }

            return _round.Order;
        }
    }

    /// <summary>A hash that is the same in every process, unlike System.HashCode.</summary>
    private int HashCode(long value, int purpose)
    {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        var z = unchecked(((ulong)value * 0x9E3779B97F4A7C15) + ((ulong)(uint)seed << 32) + (ulong)purpose);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(z ^ (z >> 31));
    }
}
