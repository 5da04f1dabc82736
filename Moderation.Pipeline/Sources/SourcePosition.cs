namespace Moderation.Pipeline.Sources;

/// <summary>
/// A place in a source's stream. Opaque to everyone but the source that made it: it is stored with the rows it
/// covers and handed back when the source resumes.
/// </summary>
public readonly record struct SourcePosition(string Value)
{
    public override string ToString() => Value;
}
