namespace Moderation.Data.Schema;

/// <summary>A source's name, once, for all its comments.</summary>
public sealed class Source
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>A person stopped it; it stays so over restarts.</summary>
    public bool Paused { get; set; }

    /// <summary>
    /// It was rewound, and everything up to here was read before (<see cref="Moderation.Pipeline.Sources.SourcePosition.Order"/>): until it
    /// is passed, a text that its comment ever had is no edit. Null when nothing is read again.
    /// </summary>
    public long? ReadBefore { get; set; }
}
