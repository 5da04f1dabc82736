namespace Moderation.Benchmarks.Baselines;

/// <summary>A row as Microsoft.ML reads it.</summary>
internal sealed class TextInput
{
    public string Text { get; set; } = "";

    public bool Label { get; set; }
}
