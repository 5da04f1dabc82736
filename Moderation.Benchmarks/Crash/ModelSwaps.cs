using Moderation.Benchmarks.Children;

namespace Moderation.Benchmarks.Crash;

/// <summary>Promotes the two models in turn, with the command that people use.</summary>
internal sealed class ModelSwaps(ChildProgram program, string folder, HttpClient client)
{
    public const string First = "v1";
    public const string Second = "v2";

    private readonly List<(string Version, bool Answered)> _asked = [];

    public int Asked => _asked.Count;

    /// <summary>Ends when the command has, whatever came of it: it must not hold the data directory at the next start.</summary>
    public async Task PromoteAsync(CancellationToken stop)
    {
        var version = _asked.Count % 2 == 0 ? Second : First;
        using var command = DeskUnderTest.Start(program, folder, ["model", "promote", version], client);
        if (!await command.WaitForEndAsync(TimeSpan.FromSeconds(60), stop))
        {
            throw new CrashException($"model promote {version} did not end: {command.Said}");
        }

        _asked.Add((version, command.ExitCode == 0));
    }

    /// <summary>
    /// Whether these promotions, behind the first one, can be what came of it: one that was answered made its version live
    /// unless it was already; one that was not may have done so.
    /// </summary>
    public bool Explain(IReadOnlyList<string> promotions)
    {
        // How many of the promotions can be used up so far; the last of those used is live.
        HashSet<int> used = [0];
        foreach (var (version, answered) in _asked)
        {
            var next = answered ? [] : new HashSet<int>(used);
            foreach (var count in used)
            {
                if ((count == 0 ? First : promotions[count - 1]) == version)
                {
                    next.Add(count);
                }
                else if (count < promotions.Count && promotions[count] == version)
                {
                    next.Add(count + 1);
                }
            }

            used = next;
        }

        return used.Contains(promotions.Count);
    }
}
