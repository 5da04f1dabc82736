using System.Globalization;

using Microsoft.EntityFrameworkCore;

using Moderation.Data.DataDirectories;
using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;

namespace Moderation.Data.Registry;

/// <summary>Models as files in the data directory, their versions, states and promotions in the database.</summary>
internal sealed class ModelRegistry(
    DatabaseWriter writer,
    IDbContextFactory<ModerationDbContext> contexts,
    DataDirectory directory,
    LiveModel live,
    ChangeFeed changes,
    TimeProvider time) : IModelRegistry
{
    private const string NoEarlierModel = "There is no earlier model to roll back to.";

    private long _revision;

    public long Revision => Interlocked.Read(ref _revision);

    public Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<RegisteredModel>>(
            context =>
            {
                // The last promotion of each by its index: the cost must not grow with the promotions of the past.
                var models = context.Models
                    .OrderByDescending(model => model.Id)
                    .Select(model => new { Row = model, LastId = context.Promotions.Where(row => row.ModelId == model.Id).Max(row => (long?)row.Id) })
                    .ToList();
                var lastIds = models.Where(model => model.LastId is not null).Select(model => model.LastId!.Value).ToList();
                var last = context.Promotions.Where(row => lastIds.Contains(row.Id)).ToDictionary(row => row.ModelId);
                return models.ConvertAll(model => ToRegistered(model.Row, last.GetValueOrDefault(model.Row.Id)));
            },
            cancellationToken);

    public Task<IReadOnlyList<PromotionEvent>> HistoryAsync(int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<PromotionEvent>>(
            context => context.Promotions
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .Join(
                    context.Models,
                    row => row.ModelId,
                    model => model.Id,
                    (row, model) => new PromotionEvent(row.Id, model.Version, row.Kind, row.At, row.Actor))
                .ToList(),
            cancellationToken);

    public async Task<RegisteredModel> RegisterAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var registered = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session =>
            {
                // The file comes first: a row without its file would be a broken promise, a file without a row is only litter.
                var number = (session.Context.Models.Max(row => (int?)row.Id) ?? 0) + 1;
                var version = string.Create(CultureInfo.InvariantCulture, $"v{number}");
                var fileName = $"{version}.model";
                ModelFile.Write(Path.Combine(directory.ModelsPath, fileName), model);
                var row = new Model
                {
                    Id = number,
                    Version = version,
                    State = ModelState.Candidate,
                    FileName = fileName,
                    RegisteredAt = time.GetUtcNow(),
                    Card = StoredCard.Write(model.Card),
                };
                session.Context.Models.Add(row);
                session.Context.SaveChanges();
                return ToRegistered(row, last: null);
            },
            cancellationToken);
        Tell();
        return registered;
    }

    public Task<RegisteredModel> PromoteAsync(string version, string actor, CancellationToken cancellationToken) =>
        ChangeLiveAsync(
            (context, newest) =>
            {
                var next = Find(version, context);
                return newest?.ModelId == next.Id
                    ? newest
                    : new Promotion { ModelId = next.Id, Kind = PromotionKind.Promote, Actor = actor, PreviousId = newest?.Id };
            },
            cancellationToken);

    public Task<RegisteredModel> RollBackAsync(string actor, string? expected, CancellationToken cancellationToken) =>
        ChangeLiveAsync(
            (context, newest) =>
            {
                var back = Previous(context, newest) ?? throw new ModelRegistryException(NoEarlierModel);
                if (expected is not null && VersionOf(context, back) is var version && version != expected)
                {
                    throw new ModelRegistryException(
                        $"Another model became live meanwhile: a rollback would bring {version} back now, not {expected}.");
                }

                return new Promotion { ModelId = back.ModelId, Kind = PromotionKind.RollBack, Actor = actor, PreviousId = back.PreviousId };
            },
            cancellationToken);

    public Task<RegisteredModel?> FindLiveAsync(CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context => context.Models.SingleOrDefault(model => model.State == ModelState.Live) is { } row
                ? ToRegistered(row, Newest(context))
                : null,
            cancellationToken);

    public Task<LoadedModel> LoadAsync(string version, CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context =>
            {
                var row = Find(version, context);
                var file = Load(row);
                return new LoadedModel(row.Id, row.Version, file.Scorer, file.Card);
            },
            cancellationToken);

    public Task<string?> FindPreviousAsync(CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context => Previous(context, Newest(context)) is { } back ? VersionOf(context, back) : null,
            cancellationToken);

    private static Promotion? Newest(ModerationDbContext context) => context.Promotions.OrderByDescending(row => row.Id).FirstOrDefault();

    private static Promotion? Previous(ModerationDbContext context, Promotion? promotion) =>
        promotion?.PreviousId is { } id ? context.Promotions.Single(row => row.Id == id) : null;

    private static string VersionOf(ModerationDbContext context, Promotion promotion) =>
        context.Models.Where(model => model.Id == promotion.ModelId).Select(model => model.Version).Single();

    private static Model Find(string version, ModerationDbContext context) =>
        context.Models.SingleOrDefault(model => model.Version == version) ?? throw new ModelRegistryException(Unknown(version, context));

    private static string Unknown(string version, ModerationDbContext context)
    {
        var known = context.Models.OrderBy(model => model.Id).Select(model => model.Version).ToList();
        return known.Count == 0
            ? $"There is no model '{version}'; no model is registered yet."
            : $"There is no model '{version}'. There are: {string.Join(", ", known)}.";
    }

    /// <param name="choose">Given the newest promotion, the one to append, or that same one to leave things as they are.</param>
    private async Task<RegisteredModel> ChangeLiveAsync(
        Func<ModerationDbContext, Promotion?, Promotion> choose, CancellationToken cancellationToken)
    {
        var (registered, _) = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session =>
            {
                var context = session.Context;
                var newest = Newest(context);
                var promotion = choose(context, newest);
                var next = context.Models.Single(model => model.Id == promotion.ModelId);

                // Read before it is promised: a model that cannot be loaded never becomes live.
                var file = Load(next);
                if (promotion != newest)
                {
                    MakeLive(context, next, promotion);
                }

                return (Row: ToRegistered(next, promotion), Model: file);
            },
            cancellationToken,
            committed: result =>
            {
                FailPoint.Pass(FailPoint.BeforeModelSwap);
                live.Swap(new LoadedModel(result.Row.Key, result.Row.Version, result.Model.Scorer, result.Model.Card) { Path = result.Row.Path });
            });
        Tell();
        return registered;
    }

    private void MakeLive(ModerationDbContext context, Model next, Promotion promotion)
    {
        foreach (var current in context.Models.Where(model => model.State == ModelState.Live))
        {
            current.State = ModelState.Retired;
        }

        // Retired first: the index never lets two be live.
        context.SaveChanges();
        next.State = ModelState.Live;
        promotion.At = time.GetUtcNow();
        context.Promotions.Add(promotion);
        context.SaveChanges();
    }

    private TrainedModel Load(Model row)
    {
        try
        {
            return ModelFile.Read(PathOf(row));
        }
        catch (ModelFileException e)
        {
            throw new ModelRegistryException(e.Message);
        }
    }

    private void Tell()
    {
        Interlocked.Increment(ref _revision);
        changes.Notify();
    }

    private RegisteredModel ToRegistered(Model row, Promotion? last) => new(
        row.Id, row.Version, row.State, PathOf(row), row.RegisteredAt,
        last is null ? null : new PromotionEvent(last.Id, row.Version, last.Kind, last.At, last.Actor),
        StoredCard.Read(row.Card));

    private string PathOf(Model row) => Path.Combine(directory.ModelsPath, row.FileName);
}
