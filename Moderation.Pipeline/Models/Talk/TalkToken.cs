namespace Moderation.Pipeline.Models.Talk;

/// <summary>A token of the talk's recipe: where it stands in the cleaned text and where its form stands in the buffer.</summary>
internal readonly record struct TalkToken(int Start, int Length, int FormStart, int FormLength)
{
    public int End => Start + Length;
}
