using Moderation.Pipeline.Models;

namespace Moderation.Web.Components.Parts;

/// <summary>How far a stretch of text pushed the score up.</summary>
public enum Push
{
    None,
    Some,
    Strong,
}

/// <summary>A stretch of a comment as it is shown.</summary>
public readonly record struct TextSegment(string Text, Push Push)
{
    /// <summary>Longest text that is explained; a longer one is explained by its beginning.</summary>
    private const int LongestExplained = 20_000;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Smallest contribution that is marked, in logits.</summary>
    private const double Noticeable = 0.3;

    /// <summary>Smallest contribution that is marked strongly, in logits.</summary>
    private const double Remarkable = 0.7;

    /// <summary>Cuts a text where the marking changes; the segments together are the text.</summary>
    /// <param name="scorer">Null while no model is loaded: nothing is marked.</param>
    /// <param name="longest">So many characters are shown.</param>
    public static IReadOnlyList<TextSegment> Of(string body, Scorer? scorer, int longest)
    {
        var shown = Shorten(body, longest);
        if (scorer is null || body.Length == 0)
        {
            return [new TextSegment(shown, Push.None)];
        }

        var segments = new List<TextSegment>();
        var position = 0;
        foreach (var span in scorer.Explain(Shorten(body, LongestExplained)).Spans)
        {
            var push = span.Contribution >= Remarkable ? Push.Strong : span.Contribution >= Noticeable ? Push.Some : Push.None;
            var end = Math.Min(span.Start + span.Length, shown.Length);
            if (push == Push.None || span.Start < position || end <= span.Start)
            {
                continue;
            }

            // Browsers drop this character from the start of what they are sent, and a segment is sent by itself.
            while (end < shown.Length && shown[end] == ByteOrderMark)
            {
                end++;
            }

            Add(shown[position..span.Start], Push.None);
            Add(shown[span.Start..end], push);
            position = end;
        }

        Add(shown[position..], Push.None);
        return segments;

        void Add(string text, Push push)
        {
            if (text.Length > 0)
            {
                segments.Add(new TextSegment(text, push));
            }
        }
    }

    /// <summary>The beginning of a text; never cuts a surrogate pair in two.</summary>
    public static string Shorten(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
