namespace Moderation.Data.Schema;

/// <summary>What an event of the outbox is about. The numbers are stored.</summary>
public enum OutboxTopic
{
    /// <summary>A comment begins to wait for a person.</summary>
    Alert = 1,

    /// <summary>A possible raid was seen.</summary>
    Spike = 2,
}
