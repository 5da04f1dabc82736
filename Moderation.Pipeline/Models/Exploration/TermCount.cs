namespace Moderation.Pipeline.Models.Exploration;

/// <summary>How often a word is used in texts of each label, and in how many of them.</summary>
internal sealed class TermCount(string term)
{
    private int _usesInText;

    public string Term => term;

    public int RemovedUses { get; private set; }

    public int KeptUses { get; private set; }

    public int RemovedTexts { get; private set; }

    public int KeptTexts { get; private set; }

    /// <summary>Notes one use in the text at hand.</summary>
    /// <returns>True at the first.</returns>
    public bool Use() => ++_usesInText == 1;

    /// <summary>Adds the text at hand to the sums.</summary>
    /// <param name="mostUses">Uses beyond these do not count.</param>
    public void EndText(bool removed, int mostUses)
    {
        var uses = Math.Min(_usesInText, mostUses);
        _usesInText = 0;
        if (removed)
        {
            RemovedUses += uses;
            RemovedTexts++;
        }
        else
        {
            KeptUses += uses;
            KeptTexts++;
        }
    }

    public void Add(TermCount other)
    {
        RemovedUses += other.RemovedUses;
        KeptUses += other.KeptUses;
        RemovedTexts += other.RemovedTexts;
        KeptTexts += other.KeptTexts;
    }
}
