using Moderation.Benchmarks.Baselines;

namespace Moderation.Tests.Benchmarks;

public sealed class ScikitLearnTests
{
    [Theory]
    [InlineData("peer.py")]
    [InlineData(ScikitLearn.WordChar)]
    [InlineData(ScikitLearn.Talk)]
    public void The_peers_lie_beside_the_program(string script) => Assert.True(File.Exists(Path.Combine(ScikitLearn.Folder, script)));

    [Fact]
    public void A_peer_waits_for_rounds_once_it_is_trained()
    {
        var stop = TestContext.Current.CancellationToken;
        var peers = ScikitLearn.Find(stop);
        Assert.SkipUnless(peers is not null, ScikitLearn.Missing);
        using var folder = new Support.TemporaryFolder();
        var rows = folder.Write("rows.csv", "BODY,REMOVED\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "what a nice paper" : "shut up you clown")} {i},{i % 2}\n")));
        var tested = folder.Write("tested.csv", "BODY,REMOVED\nwhat a nice day,0\nyou clown,1\n");

        using var peer = peers!.Open(ScikitLearn.WordChar, stop, "--train", rows, "--test", tested, "--strength", "1.0");

        Assert.Equal((1.0, 2), (peer.Report.RocAuc, peer.Report.TestRows));
        Assert.All([peer.Batch(stop), peer.Batch(stop)], lap => Assert.True(lap is { Units: 2, Wall: > 0, Processor: > 0 }));
    }
}
