using System.Text.Json;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Sources.Sample;

/// <summary>
/// The labelled comments of the sample: one half helps to train the starter model, the other is streamed, so that
/// what a newcomer sees was never learnt from.
/// </summary>
public sealed class SampleCorpus
{
    /// <summary>Name of the source and of the corpus in model cards.</summary>
    public const string Name = "sample";

    private const string ResourcePrefix = "corpus/";

    private static readonly Lazy<SampleCorpus> _shared = new(Load);
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private SampleCorpus(List<SampleEntry> entries)
    {
        Training = entries.FindAll(entry => !IsStreamed(entry));
        Streamed = entries.FindAll(IsStreamed);
    }

    public static SampleCorpus Shared => _shared.Value;

    /// <summary>Distinct comments in both halves.</summary>
    public int Count => Training.Count + Streamed.Count;

    internal IReadOnlyList<SampleEntry> Training { get; }

    internal IReadOnlyList<SampleEntry> Streamed { get; }

    /// <summary>The half that the starter model learns from, in its first wordings.</summary>
    public IReadOnlyList<LabelledComment> TrainingRows => Labelled(Training);

    /// <summary>What the starter model is measured on.</summary>
    public IReadOnlyList<LabelledComment> HeldOutRows => Labelled(Streamed);

    private static List<LabelledComment> Labelled(IReadOnlyList<SampleEntry> entries) =>
        [.. entries.Select(entry => new LabelledComment(entry.Text.Main, entry.Removed))];

    private static bool IsStreamed(SampleEntry entry) => (TextHash.Of(entry.Text.Main) & 1) == 1;

    private static SampleCorpus Load()
    {
        var assembly = typeof(SampleCorpus).Assembly;
        var entries = new List<SampleEntry>();
        var resources = assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        foreach (var resource in resources.Order(StringComparer.Ordinal))
        {
            var community = Path.GetFileNameWithoutExtension(resource[ResourcePrefix.Length..]);
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                var row = JsonSerializer.Deserialize<Row>(line, _json)!;
                entries.Add(new SampleEntry(community, row.Thread, row.Author, row.Removed, row.Reason, VariedText.Parse(row.Body)));
            }
        }

        return new SampleCorpus(entries);
    }

    private sealed record Row(string Thread, string Author, bool Removed, string? Reason, string Body);
}
