namespace Moderation.Pipeline.Sources;

/// <summary>A source cannot be read. The message is one sentence for the person who configured it.</summary>
public sealed class SourceException : Exception
{
    public SourceException(string message)
        : base(message)
    {
    }

    public SourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
