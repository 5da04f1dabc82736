using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Pipeline.Models;
using Moderation.Web.Components.Parts;

namespace Moderation.Web.Components.Pages.Queue;

/// <summary>A card of the queue: its comment, and what is worked out once for showing it.</summary>
public sealed class QueueCardModel(CommentItem item, Scorer? scorer)
{
    /// <summary>A card shows four lines; more text than this never fits.</summary>
    private const int LongestShown = 700;

    private IReadOnlyList<TextSegment>? _segments;

    public CommentItem Item { get; set; } = item;

    /// <summary>Nobody needs to decide on it any more.</summary>
    public bool IsDone => Item.Status != CommentStatus.Pending || Item.Withdrawn;

    /// <summary>A decision of this page is being stored; a second press on the same card means nothing.</summary>
    public bool IsBeingDecided { get; set; }

    /// <summary>Timestamp of when its text was replaced under the reader's eyes; null if it never was.</summary>
    public long? TextChangedAt { get; init; }

    public bool IsLong => Item.Body.Length > 320 || Item.Body.AsSpan().Count('\n') > 3;

    public string ElementId => $"card-{Item.Id}";

    public IReadOnlyList<TextSegment> Segments => _segments ??= TextSegment.Of(Item.Body, scorer, LongestShown);

    public IReadOnlyList<TextSegment> AllSegments => TextSegment.Of(Item.Body, scorer, int.MaxValue);
}
