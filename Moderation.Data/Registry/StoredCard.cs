using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using Moderation.Pipeline.Models;

namespace Moderation.Data.Registry;

/// <summary>A model card as the database keeps it.</summary>
internal static class StoredCard
{
    // A card tells people about a model and decides nothing: one that an older version kept, without what was added
    // since, must not keep the models from being listed.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireNothing } },
    };

    public static string Write(ModelCard card) => JsonSerializer.Serialize(card, _json);

    public static ModelCard Read(string text) => JsonSerializer.Deserialize<ModelCard>(text, _json)!;

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
        }
    }
}
