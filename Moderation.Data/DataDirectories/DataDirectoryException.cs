namespace Moderation.Data.DataDirectories;

/// <summary>The data directory cannot be used. The message is one sentence for the person who named it.</summary>
public sealed class DataDirectoryException : Exception
{
    public DataDirectoryException(string message)
        : base(message)
    {
    }

    public DataDirectoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
