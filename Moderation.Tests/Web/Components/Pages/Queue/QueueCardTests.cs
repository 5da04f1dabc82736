using Bunit;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Web.Components.Pages.Queue;

namespace Moderation.Tests.Web.Components.Pages.Queue;

public sealed class QueueCardTests : BunitContext
{
    private static readonly DateTimeOffset _now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public QueueCardTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(_now));

    [Fact]
    public async Task Buttons_call_back()
    {
        var called = new List<string>();
        var card = Render<QueueCard>(parameters => parameters
            .Add(it => it.Card, new QueueCardModel(Item(), scorer: null))
            .Add(it => it.OnApprove, () => called.Add("approve"))
            .Add(it => it.OnChoose, () => called.Add("choose"))
            .Add(it => it.OnSelect, () => called.Add("select")));

        await card.Find(".btn.approve").ClickAsync();
        await card.Find(".btn.remove").ClickAsync();
        await card.Find("article").ClickAsync();

        Assert.Equal(["approve", "choose", "select"], called);
    }

    [Fact]
    public async Task Choosing_offers_every_reason_and_the_way_back()
    {
        var called = new List<string>();
        var card = Render<QueueCard>(parameters => parameters
            .Add(it => it.Card, new QueueCardModel(Item(), scorer: null))
            .Add(it => it.Choosing, true)
            .Add(it => it.OnRemove, (string reason) => called.Add(reason))
            .Add(it => it.OnCancel, () => called.Add("cancel")));

        for (var button = 0; button <= RemovalReason.All.Count; button++)
        {
            await card.FindAll(".reasons button")[button].ClickAsync();
        }

        Assert.Equal([.. RemovalReason.All.Select(reason => reason.Code), "cancel"], called);
        Assert.Empty(card.FindAll(".btn.approve"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_decided_card_says_by_whom_and_only_its_decider_may_undo_it(bool canUndo, int buttons)
    {
        var item = Item() with { Status = CommentStatus.Removed, Decision = new DecisionSummary(1, DecisionAction.Remove, "spam", null, "bob", _now.AddMinutes(-3)) };
        var card = Render<QueueCard>(parameters => parameters.Add(it => it.Card, new QueueCardModel(item, scorer: null)).Add(it => it.CanUndo, canUndo));

        Assert.Contains("Removed by bob, 3 min ago", card.Find(".card-actions").TextContent, StringComparison.Ordinal);
        Assert.Equal(buttons, card.FindAll("button").Count);
        Assert.Contains("done", card.Find("article").ClassList);
    }

    [Fact]
    public void A_comment_deleted_at_its_source_is_done()
    {
        var card = Render<QueueCard>(parameters => parameters.Add(it => it.Card, new QueueCardModel(Item() with { Withdrawn = true }, scorer: null)));

        Assert.Contains("Deleted at its source", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("button"));
    }

    [Fact]
    public void Only_a_long_text_offers_more()
    {
        Assert.Empty(Render<QueueCard>(parameters => parameters.Add(it => it.Card, new QueueCardModel(Item(), null))).FindAll(".link"));
        var many = Item() with { Body = "a\nb\nc\nd\ne" };
        Assert.Single(Render<QueueCard>(parameters => parameters.Add(it => it.Card, new QueueCardModel(many, null))).FindAll(".link"));
    }

    [Fact]
    public void Hostile_names_and_texts_are_text()
    {
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        var item = Item() with { Body = Hostile, Author = Hostile, Community = Hostile, ThreadId = Hostile };

        var card = Render<QueueCard>(parameters => parameters.Add(it => it.Card, new QueueCardModel(item, scorer: null)));

        Assert.Empty(card.FindAll("script, img"));
        Assert.Equal(Hostile, card.Find(".card-body").TextContent.Trim());
        Assert.Equal(Hostile, card.Find(".card-author").TextContent);
    }

    private static CommentItem Item() => new()
    {
        Id = 7, Version = 1, TextVersion = 1, Source = "test", ExternalId = "c7", Community = "games", ThreadId = null, Author = "writer",
        Url = null, Body = "a text", CreatedAt = _now.AddSeconds(-5), ReceivedAt = _now, Status = CommentStatus.Pending, QueueNumber = 7, Withdrawn = false,
        Probability = 0.9, Threshold = 0.5, Flagged = true, ModelVersion = "v1", EditedAfterDecision = false, Decision = null,
    };
}
