namespace Moderation.Pipeline.Models.Registry;

/// <summary>Where a model stands. The numbers are stored.</summary>
public enum ModelState
{
    /// <summary>Trained, never used.</summary>
    Candidate = 0,

    /// <summary>Scores every comment; exactly one model is live.</summary>
    Live = 1,

    /// <summary>Was live once.</summary>
    Retired = 2,
}
