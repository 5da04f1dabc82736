namespace Moderation.Tests.Pipeline.Sources.Files;

/// <summary>A comment file as a person or a broken program may have written it.</summary>
internal sealed record RandomFile(string Name, byte[] Content);
