namespace Moderation.Data.Schema;

/// <summary>A community's name, once, for all its comments.</summary>
public sealed class Community
{
    public int Id { get; set; }

    public required string Name { get; set; }
}
