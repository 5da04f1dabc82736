using System.Text.Json;

namespace Moderation.Tests.Support;

public static class JsonNames
{
    /// <summary>The names of an object's members, in their order.</summary>
    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
