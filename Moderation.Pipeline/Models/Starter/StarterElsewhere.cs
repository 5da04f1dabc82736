using System.Text.Json;

namespace Moderation.Pipeline.Models.Starter;

/// <summary>
/// How the starter does on data sets that do not come with the program, as <c>bench starter --data FOLDER</c> measured it.
/// </summary>
/// <param name="TrainedOn">Fingerprint of the texts that the measured starter had learnt from.</param>
/// <param name="Results">One for each data set.</param>
public sealed record StarterElsewhere(string TrainedOn, IReadOnlyList<ElsewhereResult> Results)
{
    /// <summary>Name of the file among the sources, which the command's output replaces.</summary>
    public const string FileName = "elsewhere.json";

    /// <summary>As the file is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The results that were kept with the program.</summary>
    public static StarterElsewhere Kept()
    {
        using var stream = typeof(StarterElsewhere).Assembly.GetManifestResourceStream("starter/" + FileName)!;
        return JsonSerializer.Deserialize<StarterElsewhere>(stream, Json)!;
    }

    /// <summary>The results of a starter that was trained from these texts; none when the texts have changed since.</summary>
    internal static IReadOnlyList<ElsewhereResult> ResultsFor(string fingerprint)
    {
        var kept = Kept();
        return kept.TrainedOn == fingerprint ? kept.Results : [];
    }
}
