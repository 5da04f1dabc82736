using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task A_queue_is_worked_with_the_keyboard_alone()
    {
        await _desk.PostAsync(Note.Many("keys", 8));
        await using var ana = await OpenAsync("keys 8 ");
        await Expect(ana.Selected).ToContainTextAsync("keys 8 ");

        await ana.PressAsync("j");
        await ana.PressAsync("j");
        await Expect(ana.Selected).ToContainTextAsync("keys 6 ");
        await ana.PressAsync("k");
        await Expect(ana.Selected).ToContainTextAsync("keys 7 ");

        await ana.PressAsync("a");
        await Expect(ana.Card("keys 7 ")).ToHaveAttributeAsync("data-status", "Approved");
        await Expect(ana.Selected).ToContainTextAsync("keys 6 ");

        await ana.PressAsync("r");
        await Expect(ana.Card("keys 6 ").GetByRole(AriaRole.Group)).ToBeVisibleAsync();
        await ana.PressAsync("Escape");
        await Expect(ana.Card("keys 6 ").GetByRole(AriaRole.Group)).ToHaveCountAsync(0);
        await ana.PressAsync("1");
        await ana.PressAsync("r");
        await Expect(ana.Card("keys 6 ").GetByRole(AriaRole.Group)).ToBeVisibleAsync();
        await ana.PressAsync("9");
        await Expect(ana.Card("keys 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        await ana.PressAsync("3");
        await Expect(ana.Card("keys 6 ")).ToHaveAttributeAsync("data-status", "Removed");
        await Expect(ana.Announcement).ToHaveTextAsync("Removed: Spam. Undo (Ctrl+Z)");
        await Expect(ana.Selected).ToContainTextAsync("keys 5 ");

        await ana.PressAsync("Control+z");
        await Expect(ana.Card("keys 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(ana.Announcement).ToHaveTextAsync("Undone. The comment waits again.");
        await Expect(ana.Selected).ToContainTextAsync("keys 6 ");
        await ana.PressAsync("Control+z");
        await Expect(ana.Card("keys 7 ")).ToHaveAttributeAsync("data-status", "Pending");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_question_mark_shows_the_keys_and_no_other_key_works_behind_them()
    {
        await _desk.PostAsync(Note.Many("help", 2));
        await using var ana = await OpenAsync("help 2 ");

        await ana.PressAsync("?");
        var dialog = ana.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("undo the last decision");
        await ana.PressAsync("a");
        await ana.CloseDialogAsync();

        await ana.PressAsync("j");
        await Expect(ana.Selected).ToContainTextAsync("help 1 ");
        await Expect(ana.Card("help 2 ")).ToHaveAttributeAsync("data-status", "Pending");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Keys_typed_into_a_field_are_text()
    {
        await _desk.PostAsync(Note.Many("typed", 3));
        await using var ana = await OpenAsync("typed 3 ");
        var field = ana.Page.Locator("#desk-name");

        await field.FillAsync("");
        await ana.Page.Keyboard.TypeAsync("jar?");
        await Expect(field).ToHaveValueAsync("jar?");
        await ana.List.FocusAsync();
        await ana.PressAsync("j");

        await Expect(ana.Selected).ToContainTextAsync("typed 2 ");
        await Expect(ana.Card("typed 3 ")).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(ana.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData("Alt+a")]
    [InlineData("Control+a")]
    [InlineData("Meta+a")]
    [InlineData("Control+Shift+z")]
    [InlineData("Shift+A")]
    [InlineData("Control+Alt+z")]
    public async Task A_key_with_a_modifier_that_means_something_else_is_left_alone(string key)
    {
        await _desk.PostAsync(Note.Many($"modifier {key}", 3));
        await using var ana = await OpenAsync($"modifier {key} 3 ");
        await ana.PressAsync("a");
        await Expect(ana.Card($"modifier {key} 3 ")).ToHaveAttributeAsync("data-status", "Approved");

        await ana.PressAsync(key);
        await ana.PressAsync("j");

        await Expect(ana.Selected).ToContainTextAsync($"modifier {key} 1 ");
        await Expect(ana.Card($"modifier {key} 3 ")).ToHaveAttributeAsync("data-status", "Approved");
        await Expect(ana.Card($"modifier {key} 2 ")).ToHaveAttributeAsync("data-status", "Pending");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_browsers_own_reload_key_is_not_taken()
    {
        await _desk.PostAsync(Note.Many("reload", 2));
        await using var ana = await OpenAsync("reload 2 ");

        var taken = await ana.Page.EvaluateAsync<bool>(
            "() => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', ctrlKey: true, bubbles: true, cancelable: true }))");
        await ana.PressAsync("j");

        Assert.False(taken);
        await Expect(ana.Selected).ToContainTextAsync("reload 1 ");
        await Expect(ana.Page.Locator(".card.choosing")).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Holding_a_key_down_decides_once()
    {
        await _desk.PostAsync(Note.Many("held", 5));
        await using var ana = await OpenAsync("held 5 ");

        // A key that is down already repeats.
        for (var i = 0; i < 10; i++)
        {
            await ana.Page.Keyboard.DownAsync("a");
        }

        await ana.Page.Keyboard.UpAsync("a");
        await Expect(ana.Card("held 5 ")).ToHaveAttributeAsync("data-status", "Approved");
        await ana.PressAsync("j");

        await Expect(ana.Selected).ToContainTextAsync("held 3 ");
        await Expect(ana.Card("held 4 ")).ToHaveAttributeAsync("data-status", "Pending");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_second_press_in_the_same_instant_never_warns_of_ones_own_decision()
    {
        await _desk.PostAsync(Note.Many("quick", 5));
        await using var ana = await OpenAsync("quick 5 ");
        await ana.PressAsync("j");
        await Expect(ana.Selected).ToContainTextAsync("quick 4 ");

        await ana.Page.EvaluateAsync(
            "() => [1, 2].forEach(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true })))");

        await Expect(ana.Card("quick 4 ")).ToHaveAttributeAsync("data-status", "Approved");
        await ana.PressAsync("j");
        await Expect(ana.Announcement).ToHaveTextAsync("Approved. Undo (Ctrl+Z)");
        await Expect(ana.Toast.Filter(new() { HasText = "meanwhile" })).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Deciding_in_the_middle_of_the_list_does_not_jump()
    {
        await _desk.PostAsync(Note.Many("jump", 60));
        await using var ana = await OpenAsync("jump 60 ");
        await ana.List.EvaluateAsync("list => list.scrollTop = 3000");
        await ana.SelectAsync("jump 38 ");
        var top = await ana.ScrollTopAsync();

        await ana.PressAsync("a");

        await Expect(ana.Card("jump 38 ")).ToHaveAttributeAsync("data-status", "Approved");
        await Expect(ana.Selected).ToContainTextAsync("jump 37 ");
        Assert.Equal(top, await ana.ScrollTopAsync());
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task J_brings_what_it_selects_into_view_to_the_end_of_the_list()
    {
        await _desk.PostAsync(Note.Many("walk", 30));
        await using var ana = await OpenAsync("walk 30 ");

        for (var i = 29; i >= 1; i--)
        {
            await ana.PressAsync("j");
            await Expect(ana.Selected).ToContainTextAsync($"walk {i} ");
        }

        await Expect(ana.Selected).ToBeInViewportAsync(new() { Ratio = 1 });
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Undoing_twice_never_undoes_the_same_decision_twice()
    {
        await _desk.PostAsync(Note.Many("twice", 4));
        await using var ana = await OpenAsync("twice 4 ");
        await ana.PressAsync("a");
        await Expect(ana.Card("twice 4 ")).ToHaveAttributeAsync("data-status", "Approved");
        await ana.PressAsync("a");
        await Expect(ana.Card("twice 3 ")).ToHaveAttributeAsync("data-status", "Approved");

        await ana.Card("twice 4 ").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(ana.Card("twice 4 ")).ToHaveAttributeAsync("data-status", "Pending");
        await ana.PressAsync("Control+z");
        await Expect(ana.Card("twice 3 ")).ToHaveAttributeAsync("data-status", "Pending");
        await ana.PressAsync("Control+z");
        await ana.PressAsync("j");

        await Expect(ana.Selected).ToContainTextAsync("twice 2 ");
        await Expect(ana.Announcement).ToHaveTextAsync("Undone. The comment waits again.");
        ana.AssertNothingWentWrong();
    }

    /// <summary>Opens the queue with its newest card selected.</summary>
    private async Task<Visitor> OpenAsync(string first)
    {
        var visitor = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await Expect(visitor.Selected).ToContainTextAsync(first);
        await visitor.ExpectKeysAsync();
        return visitor;
    }
}
