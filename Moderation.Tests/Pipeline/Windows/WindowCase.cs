using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>A stream of one community with its answer.</summary>
internal sealed record WindowCase(string Name, WindowOptions Options, long[] Times)
{
    /// <summary>The watermark behind each event, where the case is about it.</summary>
    public long[]? Watermarks { get; init; }

    /// <summary>The open panes behind each event, where the case is about them.</summary>
    public int[]? OpenPanes { get; init; }

    /// <summary>Windows that are closed at the end.</summary>
    public required (long Start, long End, long Count)[] Finals { get; init; }

    /// <summary>Windows that are not.</summary>
    public required (long Start, long End, long Count)[] Open { get; init; }

    /// <summary>The times of the events that no window took, in order.</summary>
    public long[] Late { get; init; } = [];
}
