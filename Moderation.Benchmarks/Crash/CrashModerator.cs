using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Moderation.Benchmarks.Crash;

/// <summary>
/// Decides on comments through the HTTP API, each decision with the version last heard of, and sends one again that was not
/// answered: the version keeps it from being made twice.
/// </summary>
internal sealed class CrashModerator(int seed, HttpClient client, DeskAddress address, Answers answers, DecisionTargets targets)
{
    private const int LongestPauseMilliseconds = 30;

    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(25);
    private static readonly string[] _actions = ["approve", "remove", "remove", "skip", "escalate", "undo"];

    private readonly Random _dice = new(seed);
    private readonly Dictionary<long, int> _versions = [];
    private readonly List<MadeDecision> _made = [];

    public IReadOnlyList<MadeDecision> Made => _made;

    /// <summary>How often a decision had to be sent again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Decides until <paramref name="enough"/>; the last decision is answered, too.</summary>
    public async Task RunAsync(CancellationToken enough, CancellationToken stop)
    {
        while (!enough.IsCancellationRequested)
        {
            if (targets.Draw(_dice) is { } id)
            {
                await DecideAsync(id, _actions[_dice.Next(_actions.Length)], stop);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1 + _dice.Next(LongestPauseMilliseconds)), TimeProvider.System, stop);
        }
    }

    private async Task DecideAsync(long id, string action, CancellationToken stop)
    {
        var note = string.Create(CultureInfo.InvariantCulture, $"decision {seed}-{_made.Count + 1}");
        var order = new
        {
            action, reason = action == "remove" ? "spam" : null, note, expectedVersion = _versions.GetValueOrDefault(id, 1),
        };
        var unanswered = false;
        while (true)
        {
            try
            {
                var desk = await address.WaitAsync(stop);
                using var response = await client.PostAsJsonAsync(new Uri(desk, $"/api/v1/comments/{id}/decisions"), order, stop);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(stop);
                if (response.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict)
                {
                    var done = response.StatusCode == HttpStatusCode.Created;
                    _versions[id] = (done ? answer : answer.GetProperty("comment")).GetProperty("version").GetInt32();
                    _made.Add(new MadeDecision(note, id, action, done ? OnRecord.Once : unanswered ? OnRecord.OnceOrNever : OnRecord.Never));
                    answers.Heard();
                    return;
                }

                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    throw new CrashException($"A decision on comment {id}, which had been acknowledged, was answered with {answer.GetRawText()}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                // No answer, or half of one.
                unanswered = true;
            }

            Repeats++;
            await Task.Delay(_retry, TimeProvider.System, stop);
        }
    }
}
