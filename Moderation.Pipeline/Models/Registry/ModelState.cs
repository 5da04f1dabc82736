namespace Moderation.Pipeline.Models.Registry;

/// <summary>Where a model stands. The numbers are stored; a state that is added takes the next one.</summary>
public enum ModelState
{
    /// <summary>Trained, never used.</summary>
    Candidate = 0,

    /// <summary>Scores every comment; exactly one model is live.</summary>
    Live = 1,

    /// <summary>Was live once, and can be again.</summary>
    Retired = 2,
}
