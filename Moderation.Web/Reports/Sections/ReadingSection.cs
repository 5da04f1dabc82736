using System.Xml.Linq;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>How the figures are made, for those who want to know.</summary>
internal static class ReadingSection
{
    private static readonly string[] _notes =
    [
        "A score is the probability that moderators would remove a comment, not how bad it is. A comment is flagged when its score is strictly above the threshold.",
        "Intervals are 95% percentile bootstrap intervals over the comments, with a fixed seed; that of the calibration error is freed of the noise that resampling adds. Shares in the calibration chart have Wilson intervals.",
        "Calibration error: ten equal-width bins, the gap between mean probability and share removed, weighted by comments. What chance alone makes of it comes from labels drawn anew from the probabilities.",
        "Words: log-odds with a Dirichlet prior (Monroe, Colaresi and Quinn, 2008) over distinct texts without moderators' notices; z is in standard deviations. Obscenities are masked.",
        "No row that could be read was left out. A comment that also stood in the training rows makes a model look better than it is.",
    ];

    public static XElement Of() => El("section", El("h2", "How to read this"), El("ul", _notes.Select(note => El("li", note))));
}
