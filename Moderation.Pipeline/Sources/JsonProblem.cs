using System.Text.Json;

namespace Moderation.Pipeline.Sources;

/// <summary>What is wrong with a text that should be JSON, for the person who wrote it.</summary>
public static class JsonProblem
{
    /// <summary>The parser adds where it was, counted from the line that it was given: for one line that says nothing.</summary>
    private const string Place = " LineNumber:";

    /// <summary>One sentence.</summary>
    public static string Describe(JsonException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var place = e.Message.IndexOf(Place, StringComparison.Ordinal);
        return $"It is not JSON: {(place < 0 ? e.Message : e.Message[..place])}";
    }
}
