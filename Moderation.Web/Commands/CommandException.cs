namespace Moderation.Web.Commands;

/// <summary>A command cannot do its work. The message is one sentence for the person who gave it.</summary>
internal sealed class CommandException(string message) : Exception(message);
