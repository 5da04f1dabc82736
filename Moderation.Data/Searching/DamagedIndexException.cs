namespace Moderation.Data.Searching;

/// <summary>The index's file is damaged, or not one of this program: it is made anew from the comments.</summary>
public sealed class DamagedIndexException : Exception
{
    public DamagedIndexException()
    {
    }

    public DamagedIndexException(string message)
        : base(message)
    {
    }

    public DamagedIndexException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
