using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

using Moderation.Benchmarks.Children;

namespace Moderation.Benchmarks.Stores;

/// <summary>A served desk that reads a file at a steady rate while somebody else posts a comment now and then.</summary>
internal sealed class Soak
{
    private const string FileSourceName = "file";
    private const string Poster = "poster";
    private static readonly TimeSpan _glance = TimeSpan.FromSeconds(1);

    /// <summary>Beyond the time that the file takes at its rate: the machine may be busy with other things.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly ChildServer _server;
    private readonly TimeProvider _time = TimeProvider.System;

    private Soak(ChildServer server)
    {
        _server = server;
    }

    public List<SoakGlance> Glances { get; } = [];

    /// <summary>Comments that were posted and acknowledged.</summary>
    public long Posted { get; private set; }

    public long Duplicates { get; private set; }

    public long DeadLettered { get; private set; }

    /// <summary>From the first glance until the source said that it is done.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs until the file is read and committed, and ends the desk.</summary>
    /// <exception cref="BenchException">The desk failed, or did not finish in time.</exception>
    public static async Task<Soak> RunAsync(
        ChildProgram program, string directory, string file, double rate, TimeSpan length, IEnumerable<string> settings, CancellationToken stop)
    {
        using var server = await ChildServer.StartAsync(
            program,
            [
                $"--Moderation:DataDirectory={directory}", "--Moderation:Sources:0:Type=file", $"--Moderation:Sources:0:Name={FileSourceName}",
                $"--Moderation:Sources:0:Path={file}", string.Create(CultureInfo.InvariantCulture, $"--Moderation:Sources:0:Rate={rate}"), .. settings,
            ],
            stop);
        var soak = new Soak(server);
        try
        {
            await soak.WatchAsync(length + _patience, stop);
        }
        catch (HttpRequestException) when (server.HasExited)
        {
            throw server.Failed();
        }

        await server.StopAsync();
        return soak;
    }

    private async Task WatchAsync(TimeSpan longest, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        for (var done = false; !done;)
        {
            var stats = await _server.Client.GetFromJsonAsync<JsonElement>("api/v1/stats", stop);
            Seconds = _time.GetElapsedTime(started).TotalSeconds;
            Take(stats);
            done = IsFinished(stats);
            if (!done)
            {
                await PostAsync(stop);
                await Task.Delay(_glance, _time, stop);
            }

            if (_time.GetElapsedTime(started) > longest)
            {
                throw new BenchException(FormattableString.Invariant(
                    $"The desk had not read its file {_patience.TotalMinutes:0} minutes after it should have. It is too slow for the rate."));
            }
        }
    }

    private void Take(JsonElement stats)
    {
        var latency = stats.GetProperty("latencyMs");
        Duplicates = stats.GetProperty("duplicates").GetInt64();
        DeadLettered = stats.GetProperty("deadLettered").GetInt64();
        Glances.Add(new SoakGlance(
            Seconds, _server.WorkingSet, stats.GetProperty("received").GetInt64(), stats.GetProperty("committed").GetInt64(),
            Milliseconds("p50"), Milliseconds("p99")));

        double? Milliseconds(string name) => latency.GetProperty(name) is { ValueKind: JsonValueKind.Number } known ? known.GetDouble() : null;
    }

    private static bool IsFinished(JsonElement stats)
    {
        foreach (var source in stats.GetProperty("sources").EnumerateArray().Where(source => source.GetProperty("name").GetString() == FileSourceName))
        {
            switch (source.GetProperty("state").GetString())
            {
                case "finished":
                    return true;
                case "failed":
                    throw new BenchException($"The desk stopped reading its file: {source.GetProperty("problem").GetString()}");
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>One comment; a desk that is not ready yet, or full, says so and keeps nothing.</summary>
    private async Task PostAsync(CancellationToken stop)
    {
        var comment = new { id = Glances.Count.ToString(CultureInfo.InvariantCulture), body = "What a nice paper, and well explained.", author = Poster };
        using var answer = await _server.Client.PostAsJsonAsync($"api/v1/comments?source={Poster}", comment, stop);
        if (answer.StatusCode == System.Net.HttpStatusCode.Accepted)
        {
            Posted++;
        }
        else if (answer.StatusCode != System.Net.HttpStatusCode.ServiceUnavailable)
        {
            throw new BenchException($"The desk answered a posted comment with {(int)answer.StatusCode}.");
        }
    }
}
