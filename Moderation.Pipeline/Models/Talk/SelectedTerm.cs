namespace Moderation.Pipeline.Models.Talk;

/// <summary>A term that was chosen for the vocabulary.</summary>
/// <param name="Name">Its tokens, parted by a space.</param>
/// <param name="Texts">In how many training texts it stands (df).</param>
internal readonly record struct SelectedTerm(string Name, int Texts);
