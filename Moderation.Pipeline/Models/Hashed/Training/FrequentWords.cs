using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>The words that most texts have; their sums are kept ready.</summary>
internal static class FrequentWords
{
    /// <summary>Texts that are looked at: they come in the order of their hashes, so the first are as good as any.</summary>
    private const int MostTexts = 20_000;

    /// <summary>Fewest texts that must have a word; rarer ones would tell of single comments.</summary>
    private const int FewestTexts = 3;

    public static List<byte[]> Of(IReadOnlyList<TrainingText> texts)
    {
        var textsWith = new Dictionary<PackedWord, int>();
        var words = new HashSet<PackedWord>();
        var buffer = TextBuffer.ForThread;
        foreach (var text in texts.Take(MostTexts))
        {
            buffer.Load(text.Body.AsSpan());
            var sink = new Sink(words);
            TextWalker.Walk(buffer.Padded, buffer.Length, ref sink);
            foreach (var word in words)
            {
                textsWith[word] = textsWith.GetValueOrDefault(word) + 1;
            }

            words.Clear();
        }

        return [.. textsWith.Where(pair => pair.Value >= FewestTexts)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Low).ThenBy(pair => pair.Key.High)
            .Take(Lexicon.MostWords)
            .Select(pair => LettersOf(pair.Key))];
    }

    private static byte[] LettersOf(PackedWord word)
    {
        var letters = new byte[PackedWord.MostLetters];
        word.CopyTo(letters);
        return letters[..word.Letters];
    }

    private readonly struct Sink(HashSet<PackedWord> words) : ITokenSink
    {
        public void Word(PackedWord word, int start, int end) => words.Add(word);

        public void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end)
        {
        }

        public void Symbol(int codePoint, int run, int start, int end)
        {
        }

        public void Address(int start, int end)
        {
        }
    }
}
