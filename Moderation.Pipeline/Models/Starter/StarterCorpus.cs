using System.Text.Json;

using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Pipeline.Models.Starter;

/// <summary>
/// What the starter model learns from: the sample's training half, and texts of the kinds that communities elsewhere
/// remove and keep, so that it is of use on comments that are nothing like the sample. None of them is ever streamed.
/// </summary>
public sealed class StarterCorpus
{
    private const string ResourcePrefix = "starter/";

    /// <summary>
    /// How many wordings of an entry are trained from. An entry's alternatives are different words rather than synonyms,
    /// so more of them teach more; beyond this they drown the sample, whose held-out half is then told apart less well.
    /// </summary>
    private const int WordingsOfAnEntry = 3;

    /// <summary>Small talk is short, and its alternatives make whole new comments.</summary>
    private const int WordingsOfSmallTalk = 9;

    private const string SmallTalk = "smalltalk";

    /// <summary>The same for the sample's training half, whose wordings differ less.</summary>
    private const int WordingsOfASampleEntry = 6;

    private static readonly Lazy<StarterCorpus> _shared = new(Load);
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private StarterCorpus(List<StarterEntry> entries)
    {
        Entries = entries;
        Rows =
        [
            .. entries.SelectMany(entry => Labelled(entry.Text, entry.Group == SmallTalk ? WordingsOfSmallTalk : WordingsOfAnEntry, entry.Removed)),
            .. SampleCorpus.Shared.Training.SelectMany(entry => Labelled(entry.Text, WordingsOfASampleEntry, entry.Removed)),
        ];
    }

    public static StarterCorpus Shared => _shared.Value;

    /// <summary>What the starter model is trained from, the sample's training half included.</summary>
    public IReadOnlyList<LabelledComment> Rows { get; }

    /// <summary>The texts that are not of the sample.</summary>
    internal IReadOnlyList<StarterEntry> Entries { get; }

    private static IEnumerable<LabelledComment> Labelled(VariedText text, int most, bool removed) =>
        text.Wordings(most).Select(wording => new LabelledComment(wording, removed, Group: text.Main));

    private static StarterCorpus Load()
    {
        var assembly = typeof(StarterCorpus).Assembly;
        var entries = new List<StarterEntry>();
        var resources = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal) && name.EndsWith(".ndjson", StringComparison.Ordinal));
        foreach (var resource in resources.Order(StringComparer.Ordinal))
        {
            var group = Path.GetFileNameWithoutExtension(resource[ResourcePrefix.Length..]);
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                var row = JsonSerializer.Deserialize<Row>(line, _json)!;
                entries.Add(new StarterEntry(group, row.Genre, row.Removed, row.Reason, VariedText.Parse(row.Body)));
            }
        }

        return new StarterCorpus(entries);
    }

    private sealed record Row(string Genre, bool Removed, string? Reason, string Body);
}
