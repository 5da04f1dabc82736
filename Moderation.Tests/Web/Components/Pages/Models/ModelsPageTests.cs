using Bunit;

using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;
using Moderation.Web.Components.Pages.Models;

namespace Moderation.Tests.Web.Components.Pages.Models;

public sealed class ModelsPageTests : PageTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private IModelRegistry Registry => Desk.Get<IModelRegistry>();

    [Fact]
    public async Task A_version_shows_its_card_beside_the_live_models_figures()
    {
        await RegisterAsync(TestModels.Card with { Metrics = TestCards.Measured(0.8), TestFingerprint = TestCards.Full.TestFingerprint });
        await RegisterAsync(TestCards.Full);
        await Registry.PromoteAsync("v2", "bob", Stop);

        var page = await OpenAsync("models?version=v3");

        Assert.Equal(["v3 Candidate", "v2 Live", "v1 Retired"], page.FindAll(".versions .line").Select(Text));
        Assert.Contains("Promoted by bob", Text(page.Find("a[data-version=v2]")), StringComparison.Ordinal);
        var card = Text(page.Find(".model"));
        foreach (var expected in new[]
        {
            "forum.csv", "12,000 trained on, 3,000 held out", "1,500 (900 notices, 500 duplicates, 100 shared with the test rows)", "25.0%",
            "fedcba9876543210", "0.42", "strength", "v3, held out", "v3, cross-validated", "v2, live", "another forum",
        })
        {
            Assert.Contains(expected, card, StringComparison.Ordinal);
        }

        Assert.Equal(
            ["0.841 0.821–0.861", "0.853 0.833–0.873", "0.800 0.780–0.820"], page.FindAll("tr[data-metric=rocAuc] .figure").Select(Text));
        Assert.Equal(["82.1%", "83.3%", "78%"], page.FindAll("tr[data-metric=rocAuc] g line").Select(line => line.GetAttribute("x1")));
        Assert.Equal(["48%", "48%", "48%"], page.FindAll("tr[data-metric=logLoss] circle").Select(mark => mark.GetAttribute("cx")));
        Assert.Equal(
            ["600 caught, 60.0%", "400 missed, 40.0%", "257 flagged in vain, 12.9%", "1,743 left alone, 87.2%"],
            page.FindAll(".confusion td").Select(Text));
        Assert.DoesNotContain("other rows", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_of_which_nothing_is_known_is_shown_all_the_same()
    {
        await RegisterAsync(TestCards.Bare);
        await RegisterAsync(TestModels.Card with { Metrics = TestCards.Measured(0.8) with { Intervals = null!, Confusion = null!, Precision = null } });

        var page = await OpenAsync("models?version=v2");
        Assert.Contains("It was not measured", page.Markup, StringComparison.Ordinal);

        page = await OpenAsync("models?version=v3");
        Assert.Equal(["0.800"], page.FindAll("tr[data-metric=rocAuc] .figure").Select(Text));
        Assert.Equal(["—"], page.FindAll("tr[data-metric=precision] .figure").Select(Text));
        Assert.Empty(page.FindAll("tr[data-metric=precision] circle, .confusion"));
    }

    [Fact]
    public async Task Promoting_asks_first_and_counts_afterwards()
    {
        await RegisterAsync(TestCards.Full);
        var page = await OpenAsync("models?version=v2");
        Assert.Empty(Buttons(page, "Roll back"));

        await Button(page, "Promote v2").ClickAsync();
        Assert.Equal(
            "Comments that arrive from now on are scored by v2; what is already scored keeps its score.", Text(page.Find("#confirm-text")));
        Assert.Equal("v1", Desk.Get<LiveModel>().Current!.Version);
        await Button(page, "Promote v2").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("v2 is live from the next batch on.", page.Markup, StringComparison.Ordinal), _patience);
        Assert.Equal("v2", Desk.Get<LiveModel>().Current!.Version);
        Assert.Equal("ann", (await Registry.FindLiveAsync(Stop))!.LastPromotion!.Actor);
        Assert.Equal("v1", await Registry.FindPreviousAsync(Stop));
        Assert.Empty(page.FindAll(".confirm"));
        Assert.Equal(["v2 Live", "v1 Retired"], page.FindAll(".versions .line").Select(Text));
        Assert.Single(Buttons(page, "Roll back to v1"));
    }

    [Fact]
    public async Task Rolling_back_names_the_version_that_comes_back_and_can_be_called_off()
    {
        await RegisterAsync(TestCards.Full);
        await Registry.PromoteAsync("v2", "bob", Stop);
        var page = await OpenAsync("models");

        await Button(page, "Roll back to v1").ClickAsync();
        await Button(page, "Cancel").ClickAsync();
        Assert.Empty(page.FindAll(".confirm"));
        await Button(page, "Roll back to v1").ClickAsync();
        await page.Find(".confirm").KeyDownAsync("Escape");
        Assert.Equal("v2", Desk.Get<LiveModel>().Current!.Version);
        await Button(page, "Roll back to v1").ClickAsync();
        await Button(page, "Roll back to v1").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Empty(Buttons(page, "Roll back")), _patience);
        Assert.Equal("v1", Desk.Get<LiveModel>().Current!.Version);
        Assert.Contains("Brought back by ann", Text(page.Find(".promotions li")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_whose_file_is_gone_or_was_altered_stays_and_the_page_says_why(bool missing)
    {
        var broken = await RegisterAsync(TestCards.Full);
        Damage(broken.Path, missing);
        var page = await OpenAsync("models?version=v2");

        await Button(page, "Promote v2").ClickAsync();
        await Button(page, "Promote v2").ClickAsync();

        await page.WaitForElementAsync("[role=alert]", _patience);
        var problem = Text(page.Find("[role=alert]"));
        Assert.StartsWith("v2 was not promoted. ", problem, StringComparison.Ordinal);
        Assert.Contains(broken.Path, problem, StringComparison.Ordinal);
        Assert.Equal("v1", Desk.Get<LiveModel>().Current!.Version);
        Assert.Single(Buttons(page, "Promote v2"));
    }

    [Fact]
    public async Task What_changes_elsewhere_shows_by_itself_and_calls_a_question_off()
    {
        var page = await OpenAsync("models");
        await RegisterAsync(TestCards.Full);
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll(".versions li").Count), _patience);

        await Registry.PromoteAsync("v2", "bob", Stop);
        await page.WaitForAssertionAsync(() => Assert.Single(Buttons(page, "Roll back to v1")), _patience);
        await Button(page, "Roll back to v1").ClickAsync();
        await Registry.RollBackAsync("bob", null, Stop);

        await page.WaitForAssertionAsync(
            () => Assert.Equal("v1 became live meanwhile; nothing else was changed.", Text(page.Find("[role=alert]"))), _patience);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task An_unknown_version_in_the_address_shows_the_live_one_and_says_so()
    {
        var page = await OpenAsync("models?version=v9");

        Assert.Equal("There is no model v9; this is v1.", Text(page.Find("[role=status]")));
        Assert.Equal("v1", page.Find("[aria-current]").GetAttribute("data-version"));
    }

    [Fact]
    public async Task Models_that_cannot_be_read_are_a_sentence_and_another_try()
    {
        Execute("ALTER TABLE Promotions RENAME TO Hidden");
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("models");
        var page = Open<ModelsPage>();
        await page.WaitForElementAsync("[role=alert]", _patience);
        Assert.Contains("The models could not be read: ", Text(page.Find("[role=alert]")), StringComparison.Ordinal);

        Execute("ALTER TABLE Hidden RENAME TO Promotions");
        await Button(page, "Try again").ClickAsync();

        await page.WaitForElementAsync(".versions", _patience);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Without_any_model_the_page_says_where_one_comes_from_and_shows_the_first_by_itself()
    {
        Execute("DELETE FROM Promotions; DELETE FROM Models");
        var page = Open<ModelsPage>();
        await page.WaitForElementAsync(".empty", _patience);
        Assert.Contains("No model yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("None is live yet.", page.Markup, StringComparison.Ordinal);

        await RegisterAsync(TestCards.Full);

        await page.WaitForElementAsync(".versions", _patience);
        Assert.Contains("No model was promoted yet.", page.Markup, StringComparison.Ordinal);
    }

    private static string Text(AngleSharp.Dom.IElement element)
    {
        var words = element.ChildNodes.Length == 0 ? "" : string.Join(' ', Leaves(element));
        return string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(AngleSharp.Dom.INode node) =>
        node.NodeType == AngleSharp.Dom.NodeType.Text ? [node.TextContent] : node.ChildNodes.SelectMany(Leaves);

    private static void Damage(string path, bool missing)
    {
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        if (!missing)
        {
            bytes[^1] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    private static IEnumerable<AngleSharp.Dom.IElement> Buttons(IRenderedComponent<ModelsPage> page, string label) =>
        page.FindAll("button").Where(button => button.TextContent.StartsWith(label, StringComparison.Ordinal));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ModelsPage> page, string label) => Buttons(page, label).Single();

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task<RegisteredModel> RegisterAsync(ModelCard card) =>
        Registry.RegisterAsync(new TrainedModel(TestModels.Constant(0.3), card), Stop);

    private async Task<IRenderedComponent<ModelsPage>> OpenAsync(string address)
    {
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Open<ModelsPage>();
        await page.WaitForElementAsync(".versions", _patience);
        return page;
    }
}
