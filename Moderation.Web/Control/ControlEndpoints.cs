using System.Text.Json;
using System.Threading.Channels;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;

namespace Moderation.Web.Control;

/// <summary>What a running server does for commands. Reachable through the control socket alone.</summary>
internal static class ControlEndpoints
{
    private static readonly object _mark = new();

    /// <summary>Marks every connection of an endpoint as one of the control socket.</summary>
    public static void MarkAsControl(this IConnectionBuilder endpoint) => endpoint.Use(next => connection =>
    {
        connection.Items[_mark] = true;
        return next(connection);
    });

    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("").AddEndpointFilter(async (context, next) =>
            IsControl(context.HttpContext) ? await CatchAsync(() => next(context)) : Results.NotFound());
        control.MapPost(ControlMessages.Thresholds, static (ThresholdOrder order, IDeskOperations desk, CancellationToken stop) =>
            desk.SetThresholdAsync(order, stop));
        control.MapPost(ControlMessages.Models, static (RegisterOrder order, IDeskOperations desk, CancellationToken stop) =>
            desk.RegisterModelAsync(order.File, order.Promote, stop));
        control.MapPost(ControlMessages.Promote, static (PromoteOrder order, IDeskOperations desk, CancellationToken stop) =>
            desk.PromoteModelAsync(order.Version, stop));
        control.MapPost(ControlMessages.RollBack, static (IDeskOperations desk, CancellationToken stop) => desk.RollBackModelAsync(stop));
        control.MapPost(ControlMessages.Rescore, static (HttpContext context, RescoreOrder order, IDeskOperations desk, IHostApplicationLifetime lifetime) =>
            ShowProgressAsync<RescoreSummary>(context, lifetime, (progress, stop) => desk.RescoreAsync(order, progress, stop)));
        control.MapPost(ControlMessages.Ingest, static (HttpContext context, IngestOrder order, IDeskOperations desk, IHostApplicationLifetime lifetime) =>
            ShowProgressAsync<IngestSummary>(context, lifetime, (progress, stop) => desk.IngestAsync(order, progress, stop)));
        control.MapPost(ControlMessages.Replay, static (ReplayOrder order, IDeskOperations desk, CancellationToken stop) =>
            desk.ReplayAsync(order, stop));
        control.MapPost(ControlMessages.Discard, static (DiscardOrder order, IDeskOperations desk, CancellationToken stop) =>
            desk.DiscardAsync(order.Ids, stop));
    }

    private static bool IsControl(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(_mark) == true;

    private static async ValueTask<object?> CatchAsync(Func<ValueTask<object?>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Results.Json(new ControlError(e.Message), ControlMessages.Json, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static bool IsExpected(Exception e) =>
        e is ThresholdException or ModelRegistryException or ModelFileException or SourceException or StoreUnavailableException;

    /// <summary>Answers with lines: sums while it runs, then the result.</summary>
    private static async Task ShowProgressAsync<TSummary>(
        HttpContext context, IHostApplicationLifetime lifetime, Func<Action<TSummary>, CancellationToken, Task<TSummary>> operation)
        where TSummary : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var lines = Channel.CreateBounded<ProgressLine<TSummary>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var work = RunAsync();
        context.Response.ContentType = "application/x-ndjson";
        await foreach (var line in lines.Reader.ReadAllAsync(context.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, line, ControlMessages.Json, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await work;

        async Task RunAsync()
        {
            ProgressLine<TSummary> last;
            try
            {
                var result = await operation(sums => lines.Writer.TryWrite(new ProgressLine<TSummary>(sums, null, null)), stop.Token);
                last = new ProgressLine<TSummary>(null, result, null);
            }
            catch (OperationCanceledException)
            {
                last = new ProgressLine<TSummary>(null, null, "The server is shutting down; run the command again to go on where it stopped.");
            }
            catch (Exception e) when (IsExpected(e))
            {
                last = new ProgressLine<TSummary>(null, null, e.Message);
            }

            // The newest line replaces one that was not sent yet, so this last one always arrives.
            lines.Writer.TryWrite(last);
            lines.Writer.Complete();
        }
    }
}
