namespace Moderation.Web.Hosting;

/// <summary>A setting cannot be used. The message names the key, the value and what is allowed.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
