using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

/// <summary>A desk on which every comment is flagged.</summary>
public sealed class FlaggingDesk : IAsyncLifetime
{
    public Desk Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Desk = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");

    public ValueTask DisposeAsync() => Desk is null ? ValueTask.CompletedTask : Desk.DisposeAsync();
}

[Collection(BrowserTests.Name)]
public sealed class ArrivalTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task New_comments_gather_behind_a_button_and_move_nothing()
    {
        await _desk.PostAsync(Note.Many("first", 30));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        await Expect(ana.Cards.First).ToContainTextAsync("first 30");
        var places = await ana.PlacesAsync();

        await _desk.PostAsync(Note.Many("second", 3));

        await Expect(ana.Newcomers).ToHaveTextAsync(new Regex("View 3 new comments"));
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^\(3\)"));
        Assert.Equal(places, await ana.PlacesAsync());
        await ana.Newcomers.ClickAsync();
        await Expect(ana.Cards.First).ToContainTextAsync("second 3");
        await Expect(ana.Newcomers).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_list_scrolled_to_its_middle_stays_there_until_N_is_pressed()
    {
        await _desk.PostAsync(Note.Many("middle", 60));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        await Expect(ana.Cards.First).ToContainTextAsync("middle 60");
        await ana.List.EvaluateAsync("list => list.scrollTop = 3000");
        await Expect(ana.Card("middle 40 ")).ToBeInViewportAsync();
        var places = await ana.PlacesAsync();
        var top = await ana.ScrollTopAsync();

        await _desk.PostAsync(Note.Many("arrival", 5));

        await Expect(ana.Newcomers).ToHaveTextAsync(new Regex("View 5 new comments"));
        Assert.Equal(top, await ana.ScrollTopAsync());
        Assert.Equal(places, await ana.PlacesAsync());
        await ana.PressAsync("n");
        await Expect(ana.Card("arrival 5 ")).ToBeInViewportAsync();
        Assert.Equal(0, await ana.ScrollTopAsync());
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task One_new_comment_is_said_in_the_singular()
    {
        await _desk.PostAsync(Note.Many("base", 2));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        await Expect(ana.Card("base 2 ")).ToBeVisibleAsync();

        await _desk.PostAsync(Note.Many("single", 1));

        await Expect(ana.Newcomers).ToHaveTextAsync(new Regex("View 1 new comment(?!s)"));
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_sort_is_in_the_address_and_survives_a_reload()
    {
        await using var own = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await own.PostAsync(
            new Note("mild", "Thank you, what a lovely and helpful answer"),
            new Note("rude", "You are a stupid idiot, shut up you moron"),
            new Note("plain", "The bus leaves at nine"));
        await using var ana = await chromium.OpenAsync(own, "queue");
        await Expect(ana.Cards.First).ToContainTextAsync("The bus");
        var sort = ana.Page.GetByLabel("Sort the queue by");

        await sort.SelectOptionAsync("Oldest");
        await Expect(ana.Page).ToHaveURLAsync(new Regex("sort=oldest"));
        await Expect(ana.Cards.First).ToContainTextAsync("Thank you");

        await sort.SelectOptionAsync("Score");
        await Expect(ana.Page).ToHaveURLAsync(new Regex("sort=score"));
        await Expect(ana.Cards.First).ToContainTextAsync("stupid idiot");

        await ana.Page.ReloadAsync();
        await Expect(ana.Cards.First).ToContainTextAsync("stupid idiot");
        await Expect(sort).ToHaveValueAsync("Score");

        await ana.Page.GoBackAsync();
        await Expect(ana.Cards.First).ToContainTextAsync("Thank you");
        await Expect(sort).ToHaveValueAsync("Oldest");
        ana.AssertNothingWentWrong();
    }
}
