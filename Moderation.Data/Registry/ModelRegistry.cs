using System.Globalization;
using System.Text.Json;

using Microsoft.EntityFrameworkCore;

using Moderation.Data.DataDirectories;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;

namespace Moderation.Data.Registry;

/// <summary>Models as files in the data directory, their versions and states in the database.</summary>
internal sealed class ModelRegistry(
    DatabaseWriter writer,
    IDbContextFactory<ModerationDbContext> contexts,
    DataDirectory directory,
    LiveModel live,
    ChangeFeed changes,
    TimeProvider time) : IModelRegistry
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Models.AsNoTracking().OrderByDescending(model => model.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToRegistered);
    }

    public async Task<RegisteredModel> RegisterAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return await writer.WriteAsync(
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
                    Card = JsonSerializer.Serialize(model.Card, _json),
                };
                session.Context.Models.Add(row);
                session.Context.SaveChanges();
                return ToRegistered(row);
            },
            cancellationToken);
    }

    public Task<RegisteredModel> PromoteAsync(string version, CancellationToken cancellationToken) =>
        ChangeLiveAsync(
            models => models.SingleOrDefault(model => model.Version == version)
                ?? throw new ModelRegistryException(models.Count == 0
                    ? $"There is no model '{version}'; no model is registered yet."
                    : $"There is no model '{version}'. There are: {string.Join(", ", models.Select(model => model.Version))}."),
            rollBack: false,
            cancellationToken);

    public Task<RegisteredModel> RollBackAsync(CancellationToken cancellationToken) =>
        ChangeLiveAsync(
            models => models.Where(model => model.State == ModelState.Retired).MaxBy(model => model.PromotedAt)
                ?? throw new ModelRegistryException("There is no earlier model to roll back to."),
            rollBack: true,
            cancellationToken);

    public async Task<RegisteredModel?> FindLiveAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Models.AsNoTracking().SingleOrDefaultAsync(model => model.State == ModelState.Live, cancellationToken);
        return row is null ? null : ToRegistered(row);
    }

    private async Task<RegisteredModel> ChangeLiveAsync(
        Func<List<Model>, Model> choose, bool rollBack, CancellationToken cancellationToken)
    {
        var (registered, _) = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session =>
            {
                var models = session.Context.Models.OrderBy(row => row.Id).ToList();
                var next = choose(models);

                // Read before it is promised: a model that cannot be loaded never becomes live.
                var file = Load(next);
                if (models.Find(row => row.State == ModelState.Live) is { } current && current != next)
                {
                    // A model that was rolled back is a candidate again, so that rolling back twice goes two steps back.
                    current.State = rollBack ? ModelState.Candidate : ModelState.Retired;
                    current.PromotedAt = rollBack ? null : current.PromotedAt;
                    session.Context.SaveChanges();
                }

                next.State = ModelState.Live;
                next.PromotedAt = rollBack ? next.PromotedAt : NextPromotion(models);
                session.Context.SaveChanges();
                return (Row: ToRegistered(next), Model: file);
            },
            cancellationToken,
            committed: result => live.Swap(
                new LoadedModel(result.Row.Key, result.Row.Version, result.Model.Scorer, result.Model.Card)));
        changes.Notify();
        return registered;
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

    /// <summary>Later than every promotion before it, whatever the clock says: a rollback goes by their order.</summary>
    private DateTimeOffset NextPromotion(List<Model> models)
    {
        var now = time.GetUtcNow();
        return models.Max(model => model.PromotedAt) is { } last && last >= now ? last.AddMilliseconds(1) : now;
    }

    private RegisteredModel ToRegistered(Model row) => new(
        row.Id, row.Version, row.State, PathOf(row), row.RegisteredAt, row.PromotedAt,
        JsonSerializer.Deserialize<ModelCard>(row.Card, _json)!);

    private string PathOf(Model row) => Path.Combine(directory.ModelsPath, row.FileName);
}
