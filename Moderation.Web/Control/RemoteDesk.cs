using System.Net.Http.Json;
using System.Text.Json;

using Moderation.Data.Writing;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Web.Commands;

namespace Moderation.Web.Control;

/// <summary>Hands the work to the running server.</summary>
internal sealed class RemoteDesk(HttpClient client) : IDeskOperations
{
    public Task<ThresholdVersion> SetThresholdAsync(ThresholdOrder order, CancellationToken cancellationToken) =>
        PostAsync<ThresholdOrder, ThresholdVersion>(ControlMessages.Thresholds, order, cancellationToken);

    public Task<ModelSummary> RegisterModelAsync(string file, bool promote, CancellationToken cancellationToken) =>
        PostAsync<RegisterOrder, ModelSummary>(ControlMessages.Models, new RegisterOrder(Path.GetFullPath(file), promote), cancellationToken);

    public Task<ModelSummary> PromoteModelAsync(string version, CancellationToken cancellationToken) =>
        PostAsync<PromoteOrder, ModelSummary>(ControlMessages.Promote, new PromoteOrder(version), cancellationToken);

    public Task<ModelSummary> RollBackModelAsync(CancellationToken cancellationToken) =>
        PostAsync<object, ModelSummary>(ControlMessages.RollBack, new { }, cancellationToken);

    public Task EnsureModelAsync(Action<string, double> progress, CancellationToken cancellationToken) =>
        // A running server makes sure of that itself; a batch waits for it there.
        Task.CompletedTask;

    public Task<IngestSummary> IngestAsync(IngestOrder order, Action<IngestSummary> progress, CancellationToken cancellationToken) =>
        FollowAsync(ControlMessages.Ingest, order, progress, cancellationToken);

    public Task<RescoreSummary> RescoreAsync(RescoreOrder order, Action<RescoreSummary> progress, CancellationToken cancellationToken) =>
        FollowAsync(ControlMessages.Rescore, order, progress, cancellationToken);

    public Task<ReplayRun> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) =>
        PostAsync<ReplayOrder, ReplayRun>(ControlMessages.Replay, order, cancellationToken);

    public Task<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        PostAsync<DiscardOrder, int>(ControlMessages.Discard, new DiscardOrder(ids), cancellationToken);

    /// <summary>Reads lines: sums while the server works, then the result.</summary>
    private async Task<TSummary> FollowAsync<TOrder, TSummary>(
        string path, TOrder order, Action<TSummary> progress, CancellationToken cancellationToken)
        where TSummary : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(order, options: ControlMessages.Json) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowIfFailedAsync(response, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var parsed = JsonSerializer.Deserialize<ProgressLine<TSummary>>(line, ControlMessages.Json);
            if (parsed?.Error is { } error)
            {
                throw new CommandException(error);
            }

            if (parsed?.Result is { } result)
            {
                return result;
            }

            if (parsed?.Progress is { } sums)
            {
                progress(sums);
            }
        }

        throw new CommandException("The server ended before the work did; run the command again to go on where it stopped.");
    }

    private async Task<TAnswer> PostAsync<TOrder, TAnswer>(string path, TOrder order, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(path, order, ControlMessages.Json, cancellationToken);
        await ThrowIfFailedAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<TAnswer>(ControlMessages.Json, cancellationToken))!;
    }

    private static async Task ThrowIfFailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var error = response.Content.Headers.ContentType?.MediaType == "application/json"
            ? await response.Content.ReadFromJsonAsync<ControlError>(ControlMessages.Json, cancellationToken)
            : null;
        throw new CommandException(error?.Error ?? $"The running server answered {(int)response.StatusCode}; its log says more.");
    }
}
