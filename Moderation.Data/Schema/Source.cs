namespace Moderation.Data.Schema;

/// <summary>A source's name, once, for all its comments.</summary>
public sealed class Source
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>A person stopped it; it stays so over restarts.</summary>
    public bool Paused { get; set; }
}
