using Moderation.Pipeline.Models.Registry;

namespace Moderation.Data.Schema;

/// <summary>A model of the registry; its weights are in a file of the data directory.</summary>
public sealed class Model
{
    public int Id { get; set; }

    /// <summary>The name people use: "v1", "v2".</summary>
    public required string Version { get; set; }

    public ModelState State { get; set; }

    /// <summary>Name of the file in the data directory's models folder.</summary>
    public required string FileName { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    /// <summary>The model card, JSON.</summary>
    public required string Card { get; set; }
}
