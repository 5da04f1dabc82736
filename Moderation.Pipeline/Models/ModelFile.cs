using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Moderation.Pipeline.Models;

/// <summary>A model as one file: magic, format version, card (JSON), bias, weights, SHA-256 over all of it.</summary>
public static class ModelFile
{
    /// <summary>Raised whenever files of the old form would be read wrongly.</summary>
    public const int FormatVersion = 1;

    private const int LargestCard = 1 << 20;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private static ReadOnlySpan<byte> Magic => "MODDESK\n"u8;

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string path, TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var bytes = Serialize(model);
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <exception cref="ModelFileException">The file is missing, cut short, altered, or of a newer format.</exception>
    public static TrainedModel Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"The model file {path} cannot be read: {e.Message}", e);
        }

        try
        {
            return Deserialize(bytes);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ModelFileException($"The model file {path} cannot be used: {e.Message} Train it again or restore it from a copy.", e);
        }
    }

    private static byte[] Serialize(TrainedModel model)
    {
        var card = JsonSerializer.SerializeToUtf8Bytes(model.Card, _json);
        using var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        stream.Write(Magic);
        WriteInt32(FormatVersion);
        WriteInt32(card.Length);
        stream.Write(card);
        WriteInt32(BitConverter.SingleToInt32Bits(model.Scorer.Bias));
        WriteInt32(model.Scorer.Weights.Length);
        stream.Write(MemoryMarshal.AsBytes(model.Scorer.Weights));
        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();

        void WriteInt32(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static TrainedModel Deserialize(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
        {
            throw new FormatException("it is not a model of this program.");
        }

        var body = bytes[Magic.Length..];
        if (body.Length < 8 + SHA256.HashSizeInBytes)
        {
            throw new FormatException("it is cut short.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(body);
        if (version != FormatVersion)
        {
            throw new FormatException($"its format is {version}, and this program reads format {FormatVersion}.");
        }

        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw new FormatException("its checksum does not match, so it is cut short or was altered.");
        }

        var cardLength = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        if (cardLength is < 0 or > LargestCard || body.Length < 8 + cardLength + 8)
        {
            throw new FormatException("its card does not fit.");
        }

        var card = JsonSerializer.Deserialize<ModelCard>(body.Slice(8, cardLength), _json)
            ?? throw new FormatException("it has no card.");
        var numbers = body[(8 + cardLength)..^SHA256.HashSizeInBytes];
        var bias = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(numbers));
        var count = BinaryPrimitives.ReadInt32LittleEndian(numbers[4..]);
        if (count != FeatureHasher.Buckets || numbers.Length != 8 + (count * sizeof(float)))
        {
            throw new FormatException("its weights do not fit.");
        }

        return new TrainedModel(new Scorer(MemoryMarshal.Cast<byte, float>(numbers[8..]).ToArray(), bias), card);
    }
}
