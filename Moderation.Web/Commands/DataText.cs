using System.Globalization;

using Moderation.Pipeline.Models.Exploration;

namespace Moderation.Web.Commands;

/// <summary>Prints what labelled rows are like, in as many lines as a terminal shows at once.</summary>
internal static class DataText
{
    private const int BarWidth = 16;
    private const int Terms = 8;
    private const int TermWidth = 16;

    public static void Print(DataSummary data)
    {
        Line($"Data: {data.Rows:N0} rows, {data.Removed:N0} removed ({100 * (data.RemovedShare ?? 0):F1}%), {data.Kept:N0} kept.");
        Line($"  {data.Duplicates.RepeatedRows:N0} rows repeat a text; {data.Duplicates.ConflictingTexts:N0} texts have both labels ({data.Duplicates.ConflictingRows:N0} rows); {data.Notices.Rows:N0} are moderators' notices; {data.EmptyRows:N0} are empty.");
        PrintLengths(data);
        PrintTerms(data.Terms);
        Line($"");
    }

    private static void PrintLengths(DataSummary data)
    {
        Line($"  {"characters",-14}{"removed",-BarWidth - 8}kept");
        var most = data.Lengths.Histogram.Max(bin => Math.Max(Share(bin.Removed, data.Removed), Share(bin.Kept, data.Kept)));
        foreach (var bin in data.Lengths.Histogram)
        {
            var range = bin.To is { } to
                ? string.Create(CultureInfo.InvariantCulture, $"{bin.From:N0}–{to:N0}")
                : string.Create(CultureInfo.InvariantCulture, $"{bin.From:N0} and up");
            var removed = Share(bin.Removed, data.Removed);
            var kept = Share(bin.Kept, data.Kept);
            Line($"  {range,-14}{Bar(removed, most)} {100 * removed,4:F0}%  {Bar(kept, most)} {100 * kept,4:F0}%");
        }

        Line($"  {"median",-14}{data.Lengths.Removed?.Median ?? 0,-BarWidth - 8:N0}{data.Lengths.Kept?.Median ?? 0:N0}");
    }

    private static void PrintTerms(TermSummary terms)
    {
        var rows = Math.Min(Terms, Math.Max(terms.Removed.Count, terms.Kept.Count));
        if (rows == 0)
        {
            Line($"  No word stands out in the removed or the kept texts.");
            return;
        }

        const int Column = TermWidth + BarWidth + 7;
        Line($"  {"words that go with removal",-Column} words that go with being kept");
        var most = terms.Removed.Concat(terms.Kept).Max(term => Math.Abs(term.Z));
        for (var row = 0; row < rows; row++)
        {
            Line($"  {Term(terms.Removed, row),-Column} {Term(terms.Kept, row)}");
        }

        string Term(IReadOnlyList<TermWeight> list, int row) => row >= list.Count ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{Cut(list[row].Term),-TermWidth}{Bar(Math.Abs(list[row].Z), most)} {Math.Abs(list[row].Z),4:F1}");
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Cut(string term) => term.Length < TermWidth ? term : term[..(TermWidth - 2)] + "…";

    private static string Bar(double value, double most)
    {
        var filled = most == 0 ? 0 : (int)Math.Round(BarWidth * value / most);
        return new string('█', filled).PadRight(BarWidth);
    }

    private static void Line(FormattableString text) => CommandConsole.Result(FormattableString.Invariant(text));
}
