namespace Moderation.Data.Reading;

/// <summary>A possible raid that nobody has dismissed.</summary>
/// <param name="Start">Event time: the start of the first window that stood out.</param>
/// <param name="End">Event time: the end of the last one.</param>
/// <param name="Flagged">Flagged comments in the window that stood out most.</param>
/// <param name="Expected">How many the community's own history predicted for it.</param>
/// <param name="Deviation">How far above that it was, in robust standard deviations.</param>
public sealed record SpikeItem(
    long Id, string Community, DateTimeOffset Start, DateTimeOffset End, long Flagged, double Expected, double Deviation, DateTimeOffset RaisedAt);
