using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Flow;

/// <summary>Whether comments can be scored yet.</summary>
/// <param name="Ready">A model is loaded and the flow runs.</param>
/// <param name="Stage">What is being done, or what went wrong, in words.</param>
/// <param name="Fraction">0 to 1 while the starter model is trained.</param>
public sealed record Readiness(bool Ready, bool Failed, string Stage, double Fraction);

/// <summary>Holds how far the start has come.</summary>
public sealed class PipelineReadiness
{
    private volatile Readiness _current = new(false, false, "Starting", 0);

    public Readiness Current => _current;

    internal void Report(TrainingProgress progress) =>
        _current = new Readiness(false, false, $"Training the starter model: {progress.Stage.ToLowerInvariant()}", progress.Fraction);

    internal void Succeed() => _current = new Readiness(true, false, "Ready", 1);

    internal void Fail(string reason) => _current = new Readiness(false, true, reason, 0);
}
