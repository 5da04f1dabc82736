using System.Diagnostics;
using System.Globalization;

namespace Moderation.Pipeline.Flow;

/// <summary>
/// Named places at which the program can be told to die, so that crash tests reach moments that a kill from outside hits
/// too seldom. Off unless the environment variable <see cref="Variable"/> names a place when the process starts.
/// </summary>
public static class FailPoint
{
    /// <summary><c>NAME</c> or <c>NAME:N</c>: the process kills itself the Nth time it passes the place.</summary>
    public const string Variable = "MODERATION_FAIL_POINT";

    /// <summary>In the middle of a group's rows.</summary>
    public const string InsideCommit = "inside-commit";

    /// <summary>All rows of a group are written, the transaction is not committed.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>The transaction is committed, and nobody has been told.</summary>
    public const string BeforeAcknowledgement = "before-acknowledgement";

    /// <summary>A person's decision is committed, and nobody has been told.</summary>
    public const string BeforeDecisionAnswer = "before-decision-answer";

    /// <summary>Another model is promoted in the database and not yet in use.</summary>
    public const string BeforeModelSwap = "before-model-swap";

    private static readonly (string? Name, int Passes) _armed = Parse(Environment.GetEnvironmentVariable(Variable));
    private static int _passed;

    /// <summary>Dies here if this place is the armed one; costs a comparison otherwise.</summary>
    public static void Pass(string name)
    {
        if (_armed.Name is not null && _armed.Name == name && Interlocked.Increment(ref _passed) == _armed.Passes)
        {
            // As a kill from outside: no handler runs, nothing is flushed.
            using var self = Process.GetCurrentProcess();
            self.Kill();
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }

    private static (string? Name, int Passes) Parse(string? value)
    {
        var parts = value?.Split(':');
        return parts is [var name, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var passes)
            ? (name, passes)
            : (parts?[0], 1);
    }
}
