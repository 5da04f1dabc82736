namespace Moderation.Data.Writing;

/// <summary>What the end of the machine, not only of the program, may take with it.</summary>
public enum DurabilitySetting
{
    /// <summary>A power cut may take the last moments, acknowledged or not; the end of the program takes nothing.</summary>
    Process,

    /// <summary>
    /// What somebody was told is kept (a decision, a 202, a threshold) outlives a power cut; of rows that a source would
    /// repeat, a power cut may take the last moments together with their checkpoint.
    /// </summary>
    Acknowledged,

    /// <summary>Every commit outlives a power cut.</summary>
    Always,
}

/// <summary>Settings under <c>Moderation:Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Moderation:Storage";

    /// <summary>Whatever it is, the end of the program, however sudden, loses nothing that was committed.</summary>
    public DurabilitySetting Durability { get; set; } = DurabilitySetting.Acknowledged;
}
