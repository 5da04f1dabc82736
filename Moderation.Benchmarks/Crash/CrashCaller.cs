using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Moderation.Benchmarks.Crash;

/// <summary>
/// A caller of the HTTP API who sends a request again, with the same ids, until it is answered with 202, and remembers what
/// was promised to it.
/// </summary>
internal sealed class CrashCaller(string source, KnownStream stream, int seed, HttpClient client, DeskAddress address, Answers answers, DecisionTargets targets)
{
    private const int MostComments = 24;
    private const int LongestPauseMilliseconds = 40;

    /// <summary>One request in so many carries a comment that cannot be kept.</summary>
    private const int SpoiltEvery = 12;

    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(25);

    private readonly Random _dice = new(seed);
    private StreamedComment? _heldOver;

    public ExpectedSource Expected { get; } = new(source);

    /// <summary>Requests that were answered with 202.</summary>
    public int Answered { get; private set; }

    /// <summary>How often a request had to be sent again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Sends until <paramref name="enough"/>; the last request is answered, too.</summary>
    /// <exception cref="CrashException">An answer was none that a caller can live with.</exception>
    public async Task RunAsync(CancellationToken enough, CancellationToken stop)
    {
        while (!enough.IsCancellationRequested)
        {
            var inputs = NextInputs();
            var spoilt = _dice.Next(SpoiltEvery) == 0;
            var answer = await SendAsync(Body(inputs, spoilt), stop);
            Take(inputs, spoilt, answer);
            Answered++;
            await Task.Delay(TimeSpan.FromMilliseconds(_dice.Next(LongestPauseMilliseconds)), TimeProvider.System, stop);
        }
    }

    /// <summary>Each id once: a request that names one twice says nothing about their order when it is sent again.</summary>
    private List<StreamedComment> NextInputs()
    {
        var inputs = new List<StreamedComment>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var size = 1 + _dice.Next(MostComments);
        while (inputs.Count < size)
        {
            var next = _heldOver ?? stream.Next();
            _heldOver = null;
            if (!ids.Add(next.Id))
            {
                _heldOver = next;
                break;
            }

            inputs.Add(next);
        }

        return inputs;
    }

    private static string Body(List<StreamedComment> inputs, bool spoilt)
    {
        var body = new StringBuilder("[").AppendJoin(',', inputs.Select(input => input.ToJson()));
        return body.Append(spoilt ? ",{\"id\":\"spoilt\"}]" : "]").ToString();
    }

    private async Task<JsonElement> SendAsync(string body, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var desk = await address.WaitAsync(stop);
                using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var response = await client.PostAsync(new Uri(desk, $"/api/v1/comments?source={source}"), content, stop);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    var answer = await response.Content.ReadFromJsonAsync<JsonElement>(stop);
                    answers.Heard();
                    return answer;
                }

                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    var problem = await response.Content.ReadAsStringAsync(stop);
                    throw new CrashException($"POST /api/v1/comments was answered with {response.StatusCode}: {problem}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                // No answer, or half of one: what is not known to be kept is sent again.
            }

            Repeats++;
            await Task.Delay(_retry, TimeProvider.System, stop);
        }
    }

    private void Take(List<StreamedComment> inputs, bool spoilt, JsonElement answer)
    {
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        var rejected = answer.GetProperty("rejected").EnumerateArray().Select(item => item.GetProperty("index").GetInt32());
        var counted = answer.GetProperty("accepted").GetInt32() + answer.GetProperty("duplicates").GetInt32();
        if (counted != inputs.Count || items.Count != inputs.Count || !rejected.SequenceEqual(spoilt ? [inputs.Count] : []))
        {
            throw new CrashException($"A request with {inputs.Count} comments was answered with {answer.GetRawText()}");
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            Expected.Apply(inputs[i]);
            var (id, externalId) = (items[i].GetProperty("id").GetInt64(), items[i].GetProperty("externalId").GetString());
            if (externalId != inputs[i].Id)
            {
                throw new CrashException($"An answer named comment {externalId} in the place of {inputs[i].Id}.");
            }

            if (Expected.Comments.TryGetValue(inputs[i].Id, out var expected))
            {
                if (expected.AnsweredId is { } before && before != id)
                {
                    throw new CrashException($"Comment {inputs[i].Id} of source {source} was said to have the id {before}, and later {id}.");
                }

                expected.AnsweredId = id;
                targets.Add(id);
            }
        }
    }
}
