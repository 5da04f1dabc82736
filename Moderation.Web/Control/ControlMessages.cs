using System.Text.Json;

namespace Moderation.Web.Control;

/// <summary>Paths and forms of what passes over the control socket.</summary>
internal static class ControlMessages
{
    public const string Prefix = "/control";
    public const string Thresholds = Prefix + "/thresholds";
    public const string Models = Prefix + "/models";
    public const string Promote = Prefix + "/models/promote";
    public const string RollBack = Prefix + "/models/rollback";
    public const string Rescore = Prefix + "/models/rescore";
    public const string Ingest = Prefix + "/ingest";
    public const string Replay = Prefix + "/deadletters/replay";
    public const string Discard = Prefix + "/deadletters/discard";

    /// <summary>As the HTTP API writes it; texts stay readable, since no browser ever sees this as markup.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

internal sealed record RegisterOrder(string File, bool Promote);

internal sealed record PromoteOrder(string Version);

internal sealed record DiscardOrder(IReadOnlyList<long> Ids);

/// <summary>One line of an answer that shows progress: an interim sum, the result, or an error.</summary>
internal sealed record ProgressLine<TSummary>(TSummary? Progress, TSummary? Result, string? Error)
    where TSummary : class;

internal sealed record ControlError(string Error);
