using Moderation.Data.Schema;
using Moderation.Data.Writing;

namespace Moderation.Web.Components.Parts;

/// <summary>Decisions as people say them.</summary>
internal static class DecisionText
{
    /// <summary>"Removed", "Approved", "Escalated".</summary>
    public static string Past(DecisionAction action) => action switch
    {
        DecisionAction.Approve => "Approved",
        DecisionAction.Remove => "Removed",
        DecisionAction.Escalate => "Escalated",
        DecisionAction.Skip => "Skipped",
        _ => "Undone",
    };

    public static string Reason(string? code) => RemovalReason.Find(code)?.Label ?? code ?? "";
}
