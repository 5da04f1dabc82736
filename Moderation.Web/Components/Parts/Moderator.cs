namespace Moderation.Web.Components.Parts;

/// <summary>Who decides in this browser. Until there are accounts it is a name that anyone may choose.</summary>
public sealed class Moderator
{
    public const string DefaultName = "moderator";

    private const int LongestName = 60;

    /// <summary>Empty when none was chosen.</summary>
    public string ChosenName { get; set; } = "";

    /// <summary>The name that decisions carry.</summary>
    public string Name
    {
        get
        {
            var name = ChosenName.Trim();
            return name.Length == 0 ? DefaultName : name.Length <= LongestName ? name : name[..LongestName];
        }
    }
}
