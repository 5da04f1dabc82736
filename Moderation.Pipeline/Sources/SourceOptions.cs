using Microsoft.Extensions.Options;

namespace Moderation.Pipeline.Sources;

/// <summary>One entry of <c>Moderation:Sources</c>.</summary>
public sealed class SourceOptions
{
    /// <summary><c>sample</c>, <c>file</c> or <c>api</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Unique; the type's own name when empty, a file's name for a file.</summary>
    public string Name { get; set; } = "";

    /// <summary>The file of a file source.</summary>
    public string? Path { get; set; }

    /// <summary>The column with the text; guessed when empty.</summary>
    public string? TextColumn { get; set; }

    /// <summary>Comments a second; the sample's default is 5, a file's is as fast as it goes.</summary>
    public double? Rate { get; set; }

    /// <summary>Sample only: begin again at the end.</summary>
    public bool Loop { get; set; }

    /// <summary>Sample only: another number streams in another order.</summary>
    public int Seed { get; set; } = 1;

    internal string EffectiveName => Name.Length > 0 ? Name
        : Type == SourceTypes.File && Path is not null ? System.IO.Path.GetFileName(Path)
        : Type;
}

/// <summary>Settings under <c>Moderation</c> that name the sources.</summary>
public sealed class SourcesOptions
{
    public const string Section = "Moderation";

    /// <summary>The sources to run; the built-in sample when there is none.</summary>
    public IList<SourceOptions> Sources { get; } = [];

    /// <summary>Names of the sources that run by themselves.</summary>
    public IReadOnlyList<string> Names =>
        Sources.Count == 0 ? [SourceTypes.Sample] : [.. Sources.Where(source => source.Type != SourceTypes.Api).Select(source => source.EffectiveName)];

    /// <summary>Nothing is configured, so what is shown is sample data.</summary>
    public bool SampleOnly => Sources.Count == 0 || Sources.All(source => source.Type == SourceTypes.Sample);
}

/// <summary>The words for <see cref="SourceOptions.Type"/>.</summary>
public static class SourceTypes
{
    public const string Sample = "sample";
    public const string File = "file";

    /// <summary>Comments come only through the HTTP API.</summary>
    public const string Api = "api";
}

internal sealed class SourcesOptionsValidator : IValidateOptions<SourcesOptions>
{
    public ValidateOptionsResult Validate(string? name, SourcesOptions options)
    {
        var problems = new List<string>();
        for (var i = 0; i < options.Sources.Count; i++)
        {
            Check(options.Sources[i], $"Moderation:Sources:{i}", problems);
        }

        var twice = options.Sources.GroupBy(source => source.EffectiveName, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            problems.Add($"Moderation:Sources has two sources named '{twice.Key}'; give each a Name of its own.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check(SourceOptions source, string key, List<string> problems)
    {
        if (source.Type is not (SourceTypes.Sample or SourceTypes.File or SourceTypes.Api))
        {
            problems.Add($"{key}:Type is '{source.Type}'; it can be sample, file or api.");
        }

        if (source.Type == SourceTypes.File && string.IsNullOrWhiteSpace(source.Path))
        {
            problems.Add($"{key}:Path is empty; a file source needs the path of a CSV, TSV or NDJSON file.");
        }

        if (source.Rate is <= 0 or > 1_000_000 or double.NaN)
        {
            problems.Add($"{key}:Rate is {source.Rate}; it is comments a second, above 0 and up to 1,000,000.");
        }
    }
}
