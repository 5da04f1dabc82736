using System.Text;

using CsCheck;

using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Hashed;

/// <summary>The scorer against a reference that is slow and plain.</summary>
public sealed class HashedScorerTests
{
    private const double Tolerance = 1e-9;

    // Pieces that meet at the edges of words, blocks of 64 bytes, and classes of characters.
    private static readonly string[] _pieces =
    [
        "a", "I", "you ", "idiot", "Don't", "don’t", "'", "''", "’", "_", "9", " ", "  ", "\n", "\t", "\0", "\u007F", ".", "...", "!", "!!!!", "?", "-", "★", "★★",
        "😀", "😀😀", "\uD83D", "\uDE00", "e\u0301", "é", "É", "ß", "İ", "ſ", "\u212A", "ﬀ", "ｉｄｉｏｔ", "\u200D", "\u200B", "\uFE0F", "\u00AD", "\u0301",
        "\u00A0", "\u3000", "日本語", "привет", "ПРИВЕТ", "שלום", "مرحبا", "नमस्ते", "👩\u200D👩\u200D👧", "👍🏽", "\uFFFD",
        "http://a.b", "https://", "HTTP://X.Y/z?q=1.", "www.", "www.x", "Www.é.com", "http", "u+1F600", "U+1f600a", "u+12", "<U+1F600>", "&amp;", "&#39;", "&#x1F600;", "&lt;b&gt;",
        "\\", "\\_", "[text](http://a.b)", "[", "](", "a&nbsp;b", "sixteen_letters1", "seventeen_letters",
        new string('x', 63), new string('x', 64), new string('y', 65), new string('.', 70), new string(' ', 61), new string('é', 40),
    ];

    private static readonly Gen<string> _texts = Gen.Int[0, _pieces.Length - 1].Array[0, 20].Select(pieces => string.Concat(pieces.Select(piece => _pieces[piece])));

    private static readonly HashedParameters _noise = TestModels.NoiseParameters();

    [Fact]
    public void Of_texts_made_of_all_that_is_awkward_it_says_what_the_reference_says()
    {
        var scorer = new HashedScorer(_noise);
        _texts.Sample(text => AssertAgrees(scorer, _noise, text), iter: LongRun ? 1_000_000 : 30_000, print: text => string.Join(' ', text.Select(c => $"{(int)c:X4}")));
    }

    [Fact]
    public void Of_any_string_it_says_what_the_reference_says()
    {
        var scorer = new HashedScorer(_noise);
        Gen.OneOf(HostileText.Gen, Gen.String).Sample(text => AssertAgrees(scorer, _noise, text), iter: LongRun ? 1_000_000 : 20_000);
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("!")]
    [InlineData("[")]
    [InlineData("&")]
    [InlineData("don't ")]
    [InlineData("\u200B")]
    [InlineData("😀")]
    [InlineData("http://")]
    public void Of_a_line_of_a_megabyte_it_says_what_the_reference_says(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));

        AssertAgrees(new HashedScorer(_noise), _noise, text);
    }

    [Fact]
    public void Of_every_comment_of_the_sample_it_says_what_the_reference_says()
    {
        var scorer = new HashedScorer(_noise);

        Assert.All(SampleCorpus.Shared.TrainingRows.Concat(SampleCorpus.Shared.HeldOutRows), row => AssertAgrees(scorer, _noise, row.Body));
    }

    [Theory]
    [InlineData("rscience/train.csv")]
    [InlineData("rscience/dev.csv")]
    [InlineData("youtube-spam/01-9bZkp7q19f0.csv")]
    [InlineData("youtube-spam/08-uelHwf8o7_U.csv")]
    public void Of_real_comments_it_says_what_the_reference_says(string file)
    {
        var scorer = new HashedScorer(_noise);

        Assert.All(CommentFile.Read(SharedData.Require(file.Split('/')), new CommentFileOptions()), record => AssertAgrees(scorer, _noise, record.Row?.Body ?? ""));
    }

    [Fact]
    public void Listed_words_share_what_was_learnt_of_one_of_them()
    {
        var weights = new short[FeatureHash.Buckets];
        weights[FeatureHash.ListBucket] = 30_000;
        var scorer = new HashedScorer(_noise with { Weights = weights, ListedWords = ["darn"u8.ToArray(), "heck"u8.ToArray()] });

        Assert.True(scorer.Score("oh heck") > scorer.Score("oh well"));
        Assert.Equal(scorer.Score("oh DARN"), scorer.Score("oh HECK"));
        Assert.Equal("heck", Guilty("oh, what the heck is it"));

        string Guilty(string text) => scorer.Explain(text).Spans.MaxBy(span => span.Contribution) is var span ? text.Substring(span.Start, span.Length) : "";
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1e200, 1e200)]
    [InlineData(0, double.NaN)]
    public void Numbers_that_would_make_no_score_are_refused(double bias, double slope) =>
        Assert.Throws<ArgumentException>(() => new HashedScorer(_noise with { Bias = bias, Slope = slope }));

    [Fact]
    public void Words_that_are_kept_ready_change_no_score()
    {
        var words = TestModels.Rows(9).SelectMany(row => row.Body.Split(' ')).Distinct().Select(Encoding.ASCII.GetBytes).ToList();
        var with = new HashedScorer(_noise with { FrequentWords = words });
        var without = new HashedScorer(_noise with { FrequentWords = [] });

        Assert.All(TestModels.Rows(30), row => Assert.Equal(without.Score(row.Body), with.Score(row.Body)));
    }

    [Fact]
    public void A_warm_scorer_allocates_nothing()
    {
        var scorer = new HashedScorer(_noise);
        var texts = _pieces.Append(string.Concat(_pieces)).Append(new string('z', 100_000)).ToArray();
        var utf8 = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                scorer.Score(texts[i]);
                scorer.Score(utf8[i]);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

                Assert.True(pass < 1 || allocated == 0, $"{allocated} bytes for {texts[i][..Math.Min(texts[i].Length, 40)]}");
            }
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_read_as_the_replacement_character() =>
        Gen.Byte.Array[0, 200].Sample(
            static bytes =>
            {
                var scorer = new HashedScorer(_noise);
                Assert.Equal(scorer.Score(Encoding.UTF8.GetString(bytes)), scorer.Score(bytes));
            },
            iter: 3_000);

    private static List<ulong> Tokens(string text)
    {
        var buffer = TextBuffer.ForThread;
        buffer.Load(text.AsSpan());
        var hashes = new List<ulong>();
        var sink = new HashSink(hashes);
        TextWalker.Walk(buffer.Padded, buffer.Length, ref sink);
        return hashes;
    }

    private static bool LongRun => Environment.GetEnvironmentVariable("MODERATION_LONG_TESTS") is not null;

    private static void AssertAgrees(HashedScorer scorer, HashedParameters model, string text)
    {
        Assert.Equal(ReferenceScorer.Tokens(text), Tokens(text));
        Assert.Equal(ReferenceScorer.Score(model, text), scorer.Score(text), Tolerance);

        // Lone halves of pairs cannot be written in UTF-8: what is written is another text.
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(ReferenceScorer.Score(model, Encoding.UTF8.GetString(utf8)), scorer.Score(utf8), Tolerance);
    }

    private readonly struct HashSink(List<ulong> hashes) : ITokenSink
    {
        public void Word(PackedWord word, int start, int end) => hashes.Add(FeatureHash.OfWord(word.Low, word.High));

        public void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end) => hashes.Add(FeatureHash.OfLongWord(letters));

        public void Symbol(int codePoint, int run, int start, int end) => hashes.Add(FeatureHash.OfSymbol(codePoint, run));

        public void Address(int start, int end) => hashes.Add(FeatureHash.OfAddress());
    }
}
