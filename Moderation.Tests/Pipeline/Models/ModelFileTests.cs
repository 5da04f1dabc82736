using System.Buffers.Binary;
using System.Security.Cryptography;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Evaluation;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_comes_back_as_it_was_written()
    {
        var rows = new[] { new ScoredLabel(0.9, true), new ScoredLabel(0.1, false), new ScoredLabel(0.4, true) };
        var model = new TrainedModel(TestModels.Noise(), TestModels.Card with { Metrics = ModelEvaluator.Evaluate(rows, 0.5) });
        var path = _folder.File("deep/er/model.bin");

        ModelFile.Write(path, model);
        var read = ModelFile.Read(path);

        Assert.Equal(model.Scorer.Bias, read.Scorer.Bias);
        Assert.Equal(TestModels.Parameters(model.Scorer), TestModels.Parameters(read.Scorer));
        Assert.Equivalent(model.Card, read.Card, strict: true);
        Assert.Equal(model.Scorer.Score("some text"), read.Scorer.Score("some text"));
    }

    [Fact]
    public void Writing_over_a_model_leaves_nothing_else_behind()
    {
        var path = Written();

        ModelFile.Write(path, new TrainedModel(TestModels.Constant(0.3), TestModels.Card));

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal(0.3, ModelFile.Read(path).Scorer.Score("x"), 6);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Written());
        var lengths = Enumerable.Range(0, 60).Select(i => i * 97)
            .Concat(Enumerable.Range(0, 60).Select(i => (int)(bytes.LongLength * i / 60)))
            .Append(bytes.Length - 1);
        foreach (var length in lengths)
        {
            AssertRefused(bytes[..length]);
        }
    }

    [Fact]
    public void A_file_with_a_flipped_bit_is_refused()
    {
        var bytes = File.ReadAllBytes(Written());
        var places = Enumerable.Range(0, 500).Concat(Enumerable.Range(1, 20).Select(i => bytes.Length - (i * 7919)));
        foreach (var place in places.Append(bytes.Length - 1))
        {
            bytes[place] ^= 0x10;
            AssertRefused(bytes);
            bytes[place] ^= 0x10;
        }
    }

    [Fact]
    public void A_file_of_a_newer_format_says_so()
    {
        var bytes = File.ReadAllBytes(Written());
        bytes["MODDESK\n".Length] = ModelFile.FormatVersion + 1;

        Assert.Contains($"format is {ModelFile.FormatVersion + 1}", AssertRefused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_is_not_a_model()
    {
        AssertRefused([]);
        Assert.Contains("not a model", AssertRefused("id,body\n1,x\n"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_bytes_behind_its_end_is_refused() => AssertRefused([.. File.ReadAllBytes(Written()), 0]);

    [Fact]
    public void Numbers_that_no_model_can_have_are_refused_even_under_a_right_checksum()
    {
        var good = File.ReadAllBytes(Written());
        var kind = good.AsSpan().IndexOf("\u0006hashed"u8) + 7;
        foreach (var (place, value) in new[]
        {
            (kind - 7, (byte)200), (kind - 1, (byte)'x'), (kind + 7, (byte)0x7F), (good.Length - 32 - 1, (byte)255),
        })
        {
            var bytes = good.ToArray();
            bytes[place] = value;
            if (place == kind + 7)
            {
                // The scale becomes a number that is none.
                bytes.AsSpan(kind, 7).Fill(0xFF);
            }

            SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
            AssertRefusedOrSame(bytes, place == good.Length - 33);
        }

        void AssertRefusedOrSame(byte[] bytes, bool isLetter)
        {
            // The last byte is a letter of a word that is kept ready, and any byte is a letter.
            if (isLetter)
            {
                Assert.Equal(TestModels.Noise().Score("some text"), ModelFile.Read(_folder.Write("letter.bin", bytes)).Scorer.Score("some text"));
                return;
            }

            AssertRefused(bytes);
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(8193)]
    public void A_count_of_words_that_cannot_be_is_refused(int count)
    {
        var bytes = File.ReadAllBytes(Written());
        var listed = bytes.AsSpan().IndexOf("\u0005idiot"u8) - sizeof(int);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(listed), count);
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));

        AssertRefused(bytes);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        var missing = _folder.File("nowhere.bin");

        Assert.Contains(missing, Assert.Throws<ModelFileException>(() => ModelFile.Read(missing)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => ModelFile.Read(_folder.Path));
    }

    private string Written()
    {
        var path = _folder.File("model.bin");
        ModelFile.Write(path, new TrainedModel(TestModels.Noise(), TestModels.Card));
        return path;
    }

    private string AssertRefused(byte[] bytes)
    {
        var path = _folder.Write("other.bin", bytes);
        var message = Assert.Throws<ModelFileException>(() => ModelFile.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        return message;
    }
}
