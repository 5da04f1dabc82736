using System.Collections.Frozen;

namespace Moderation.Pipeline.Flagging;

/// <summary>The thresholds in force: the site's default and those of communities that have their own. Immutable.</summary>
public sealed class ThresholdTable(double siteDefault, IReadOnlyDictionary<string, double> byCommunity)
{
    private readonly FrozenDictionary<string, double> _byCommunity = byCommunity.ToFrozenDictionary(StringComparer.Ordinal);

    public double SiteDefault => siteDefault;

    /// <summary>The community has a threshold of its own.</summary>
    public bool HasOwn(string community) => _byCommunity.ContainsKey(community);

    public double For(string community) => _byCommunity.TryGetValue(community, out var own) ? own : siteDefault;

    /// <summary>As in the talk: a comment is flagged when its probability is strictly greater than the threshold.</summary>
    public static bool Flags(double probability, double threshold) => probability > threshold;
}
