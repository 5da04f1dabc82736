using Moderation.Pipeline.Sources.Sample;
using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Web.Hosting;

public sealed class ShutdownTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(DeskProcess.Signal.Terminate, 0)]
    [InlineData(DeskProcess.Signal.Interrupt, 0)]
    [InlineData(DeskProcess.Signal.Kill, 137)]
    public async Task A_server_that_is_ended_while_it_streams_goes_on_behind_its_last_commit(DeskProcess.Signal signal, int exitCode)
    {
        using var folder = new DeskFolder();
        string[] arguments = ["--Moderation:Sources:0:Type=sample", "--Moderation:Sources:0:Rate=300"];
        long before;
        await using (var first = await DeskProcess.ServeAsync(folder.Path, arguments))
        {
            before = await CommittedAsync(first, 200);
            first.SendSignal(signal);
            (await first.WaitForExitAsync(_longest)).Expect(exitCode);
        }

        var kept = (await folder.CommentsAsync()).Select(comment => comment.Text("externalId")).ToList();
        Assert.True(kept.Count > 100, $"{kept.Count} comments of at least {before} states were kept.");
        await using (var second = await DeskProcess.ServeAsync(folder.Path, arguments))
        {
            await CommittedAsync(second, 200);
            (await second.StopAsync()).Expect(0);
        }

        // An uninterrupted stream names the same comments in the same order: no gap, and nothing twice.
        var all = (await folder.CommentsAsync()).Select(comment => comment.Text("externalId")).ToList();
        Assert.Equal(kept, all.Take(kept.Count));
        Assert.Equal((await UninterruptedAsync(all.Count)).AsEnumerable(), all);
    }

    private static async Task<long> CommittedAsync(DeskProcess desk, long atLeast) => await Eventually.NotNullAsync<long>(
        async () => (await desk.Client.GetJsonAsync("api/v1/stats")).Number("committed") is var committed && committed >= atLeast ? committed : null,
        $"{atLeast} comments are committed");

    private static async Task<List<string>> UninterruptedAsync(int count)
    {
        var source = new SampleSource(new SampleOptions { Rate = 10_000 }, TimeProvider.System);
        var ids = new List<string>();
        var seen = new HashSet<string>();
        await foreach (var batch in source.ReadAsync(null, TestContext.Current.CancellationToken))
        {
            ids.AddRange(batch.Comments.Select(comment => comment.ExternalId).Where(seen.Add));
            if (ids.Count >= count)
            {
                break;
            }
        }

        return ids[..count];
    }
}
