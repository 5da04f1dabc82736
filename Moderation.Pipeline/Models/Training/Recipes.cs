using Moderation.Pipeline.Models.Hashed.Training;
using Moderation.Pipeline.Models.Talk;

namespace Moderation.Pipeline.Models.Training;

/// <summary>The recipes that <c>train --recipe NAME</c> can name.</summary>
internal static class Recipes
{
    private static readonly IRecipe[] _all = [new HashedRecipe(), new TalkRecipe()];

    /// <summary>Their names, for help texts and errors.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(recipe => recipe.Name)];

    /// <summary>The recipe of this name, or null when there is none.</summary>
    public static IRecipe? Find(string name) => Array.Find(_all, recipe => string.Equals(recipe.Name, name, StringComparison.Ordinal));
}
