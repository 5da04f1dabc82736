namespace Moderation.Web.Commands;

/// <summary>A command was given words it does not understand.</summary>
internal sealed class UsageException(string message) : Exception(message);
