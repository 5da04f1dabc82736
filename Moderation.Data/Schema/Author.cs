namespace Moderation.Data.Schema;

/// <summary>An author of one source: the same name elsewhere may be another person.</summary>
public sealed class Author
{
    public long Id { get; set; }

    public int SourceId { get; set; }

    public required string Name { get; set; }
}
