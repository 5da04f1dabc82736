using Moderation.Pipeline.Models.Talk;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class TermSelectionTests
{
    [Fact]
    public void A_term_needs_its_share_of_texts_however_often_it_stands_in_one()
    {
        var terms = Select(minTexts: 2, maxTerms: 100, "loud loud loud loud", "red blue", "blue red", "red green");

        Assert.Equal([("blue", 2), ("red", 3)], terms);
    }

    [Fact]
    public void The_most_frequent_terms_stay_and_of_equal_ones_the_first_by_the_alphabet()
    {
        string[] texts = ["zoo zoo kiwi apple", "zoo apple kiwi", "fig zoo kiwi fig apple fig"];

        Assert.Equal([("apple", 3), ("kiwi", 3), ("zoo", 3)], Select(minTexts: 3, maxTerms: 100, texts));
        Assert.Equal([("apple", 3), ("zoo", 3)], Select(minTexts: 3, maxTerms: 2, texts));
    }

    [Fact]
    public void Pairs_and_triples_count_where_their_words_stand_side_by_side()
    {
        var terms = Select(minTexts: 2, maxTerms: 100, "a b c d", "x a b c", "c b a");

        Assert.Equal([("a", 3), ("a b", 2), ("a b c", 2), ("b", 3), ("b c", 2), ("c", 3)], terms);
    }

    [Fact]
    public void A_run_of_one_word_overlaps_itself() =>
        Assert.Equal([("no", 2), ("no no", 2), ("no no no", 2)], Select(minTexts: 2, maxTerms: 100, "no no no no", "no no no"));

    [Fact]
    public void Selecting_level_by_level_finds_what_counting_everything_finds()
    {
        var dice = new Random(7);
        string[] texts = [.. Enumerable.Range(0, 60).Select(_ => string.Join(' ', Enumerable.Range(0, dice.Next(12)).Select(_ => (char)('a' + dice.Next(6)))))];
        var grams = texts.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => Enumerable.Range(1, 3)
            .SelectMany(n => Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).Select(i => string.Join(' ', words[i..(i + n)]))).ToList()).ToList();
        var expected = grams.SelectMany(text => text).GroupBy(term => term)
            .Select(group => (Name: group.Key, Texts: grams.Count(text => text.Contains(group.Key)), Total: group.Count()))
            .Where(term => term.Texts >= 3).OrderByDescending(term => term.Total).ThenBy(term => term.Name, StringComparer.Ordinal)
            .Take(80).OrderBy(term => term.Name, StringComparer.Ordinal).Select(term => (term.Name, term.Texts));

        Assert.Equal(expected, Select(minTexts: 3, maxTerms: 80, texts));
    }

    private static List<(string Name, int Texts)> Select(int minTexts, int maxTerms, params string[] texts)
    {
        var selection = new TermSelection();
        var tokenizer = new TalkTokenizer();
        foreach (var text in texts)
        {
            tokenizer.Fill(text);
            selection.Add(tokenizer);
        }

        Assert.Equal(texts.Length, selection.Texts);
        return [.. selection.Select(minTexts, maxTerms, TestContext.Current.CancellationToken).Select(term => (term.Name, term.Texts))];
    }
}
