using System.Globalization;
using System.Text;

using Moderation.Pipeline.Models;
using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

/// <summary>Row numbers, ids and the order of a file can give the labels away; a model must not see them.</summary>
public sealed class OnlyTheTextTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("talk")]
    public async Task Other_numbers_ids_and_another_order_train_the_same_model(string recipe)
    {
        using var desk = new DeskFolder();
        var rows = TestModels.Rows(240);
        desk.Write("telling.csv", Csv(rows.OrderBy(row => row.Removed).Select((row, i) => (X: i, row.Body, row.Removed))));
        desk.Write("shuffled.csv", Csv(rows.OrderBy(row => row.Body.Length).ThenBy(row => row.Body, StringComparer.Ordinal).Select((row, i) => (X: 7 * i % 240, row.Body, row.Removed))));

        await desk.RunAsync("train", "--input", "telling.csv", "--recipe", recipe, "--out", "one.model");
        await desk.RunAsync("train", "--input", "shuffled.csv", "--recipe", recipe, "--out", "other.model");

        var (one, other) = (ModelFile.Read(desk.File("one.model")), ModelFile.Read(desk.File("other.model")));
        Assert.Equal(TestModels.Parameters(one.Scorer), TestModels.Parameters(other.Scorer));
        Assert.Equal(one.Card.DataFingerprint, other.Card.DataFingerprint);
        Assert.Equal(recipe, one.Card.Recipe);
    }

    private static string Csv(IEnumerable<(int X, string Body, bool Removed)> rows)
    {
        // The columns of the r/science files: the number without a name, and the one that tells all.
        var csv = new StringBuilder("\"\",\"X\",\"BODY\",\"REMOVED\"\r\n");
        foreach (var (x, body, removed) in rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"\"{x + 1}\",{x},\"{body}\",{(removed ? 1 : 0)}\r\n");
        }

        return csv.ToString();
    }
}
