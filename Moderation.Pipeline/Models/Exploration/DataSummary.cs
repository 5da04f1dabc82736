using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Exploration;

/// <summary>What there is to know about labelled rows before a model is trained or measured on them.</summary>
public sealed record DataSummary
{
    private const int TermsOfALabel = 10;

    public required int Rows { get; init; }

    public required int Removed { get; init; }

    public required int Kept { get; init; }

    /// <summary>Share of the rows that moderators removed, 0 to 1; null without rows.</summary>
    public double? RemovedShare => Rows == 0 ? null : (double)Removed / Rows;

    /// <summary>Rows of which nothing is left after cleaning; they can only get the model's base score.</summary>
    public required int EmptyRows { get; init; }

    public required LengthSummary Lengths { get; init; }

    public required DuplicateSummary Duplicates { get; init; }

    public required NoticeSummary Notices { get; init; }

    /// <summary>Counted over distinct texts, without the notices: neither spam nor a bot makes a word stand out.</summary>
    public required TermSummary Terms { get; init; }

    /// <summary>Looks at all rows, on all cores; their order makes no difference.</summary>
    public static DataSummary Of(IReadOnlyList<LabelledComment> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var looks = rows.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(row => (Hash: TextHash.Of(row.Body), Notice: ModerationNotice.Matches(row.Body), Empty: string.IsNullOrWhiteSpace(CommentCleaner.Clean(row.Body))))
            .ToArray();
        var told = new HashSet<(UInt128, bool)>();
        var distinct = new List<(string Body, bool Removed)>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (!looks[i].Notice && told.Add((looks[i].Hash, rows[i].Removed)))
            {
                distinct.Add((rows[i].Body, rows[i].Removed));
            }
        }

        var removed = rows.Count(row => row.Removed);
        return new DataSummary
        {
            Rows = rows.Count,
            Removed = removed,
            Kept = rows.Count - removed,
            EmptyRows = looks.Count(look => look.Empty),
            Lengths = LengthSummary.Of([.. rows.Select(row => (row.Body.Length, row.Removed))]),
            Duplicates = DuplicateSummary.Of([.. rows.Select((row, i) => (looks[i].Hash, row.Removed))]),
            Notices = new NoticeSummary(looks.Count(look => look.Notice), rows.Where((row, i) => looks[i].Notice && row.Removed).Count()),
            Terms = TermOdds.Of(TermCounts.Of(distinct, cancellationToken), TermsOfALabel),
        };
    }
}
