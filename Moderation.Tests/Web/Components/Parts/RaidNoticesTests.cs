using Bunit;

using Microsoft.Data.Sqlite;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Tests.Support;
using Moderation.Web.Components.Parts;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Web.Components.Parts;

public sealed class RaidNoticesTests : PageTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_possible_raid_is_told_in_a_sentence_until_somebody_dismisses_it()
    {
        await AddCommunityAsync("<b>games</b>");
        await Desk.RaiseAsync(1);

        var notices = Open<RaidNotices>();

        notices.WaitForAssertion(() => Assert.Matches(
            @"^\s*Possible raid in <b>games</b> since (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC: 1,234 flagged comments in five minutes, where about 3 are usual\.",
            notices.Find("section").TextContent));
        await notices.Find("button").ClickAsync(new());
        notices.WaitForAssertion(() => Assert.Empty(notices.FindAll("section")));
        Assert.Equal("ann", Desk.Look(context => context.Spikes.Single().DismissedBy));
    }

    [Fact]
    public async Task Only_the_newest_is_shown_until_the_others_are_asked_for()
    {
        await AddCommunityAsync("games");
        await Desk.RaiseAsync(3);
        var notices = Open<RaidNotices>();
        notices.WaitForAssertion(() => Assert.Single(notices.FindAll("section")));
        var more = notices.Find("button[aria-expanded=false]");
        Assert.Equal("and 2 more", more.TextContent);

        await more.ClickAsync(new());

        Assert.Equal(3, notices.FindAll("section").Count);
        Assert.Equal("and 2 more", notices.Find("button[aria-expanded=true]").TextContent);
    }

    [Fact]
    public async Task A_raid_is_spoken_once_however_it_grows()
    {
        await AddCommunityAsync("games");
        await Desk.RaiseAsync(1);
        var notices = Open<RaidNotices>();
        notices.WaitForAssertion(() => Assert.Single(notices.FindAll("section")));
        Assert.Equal("", Spoken(notices));

        await Desk.GrowAsync(2_000);
        Desk.Get<ChangeFeed>().Notify();
        notices.WaitForAssertion(() => Assert.Contains("2,000 flagged", notices.Find("section").TextContent, StringComparison.Ordinal), _patience);
        Assert.Equal("", Spoken(notices));

        await Desk.RaiseAsync(1);
        Desk.Get<ChangeFeed>().Notify();
        notices.WaitForAssertion(() => Assert.StartsWith("Possible raid in games: 1,234 flagged", Spoken(notices), StringComparison.Ordinal), _patience);
        Assert.Empty(notices.FindAll("[role=status]"));
    }

    [Fact]
    public async Task While_the_database_is_away_a_notice_stays_and_says_why_it_was_not_dismissed()
    {
        await AddCommunityAsync("games");
        await Desk.RaiseAsync(1);
        var notices = Open<RaidNotices>();
        notices.WaitForAssertion(() => Assert.Single(notices.FindAll("section")));
        var path = Desk.Directory.DatabasePath;
        SqliteConnection.ClearAllPools();
        File.Move(path, path + ".away");

        await notices.Find("section button").ClickAsync(new());
        notices.WaitForAssertion(() => Assert.StartsWith("The notice could not be dismissed. The database ", notices.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(Open<RaidNotices>().FindAll("section"));

        File.Move(path + ".away", path);
        await notices.Find("section button").ClickAsync(new());
        notices.WaitForAssertion(() => Assert.Empty(notices.FindAll("section, [role=alert]")));
    }

    private static string Spoken(IRenderedComponent<RaidNotices> notices) => notices.Find("[aria-live=polite]").TextContent;

    private async Task AddCommunityAsync(string name) =>
        await Desk.Get<IPredictionStore>().CommitAsync([Batch([Scored("a", community: name)])], Stop);
}
