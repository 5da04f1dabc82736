using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Models.Talk;

namespace Moderation.Pipeline.Models;

/// <summary>A model as one file: magic, format version, card (JSON), kind of scorer, its parameters, SHA-256 over all of it.</summary>
public static class ModelFile
{
    /// <summary>Raised whenever files of the old form would be read wrongly.</summary>
    public const int FormatVersion = 2;

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

    /// <summary>Whether the file is a model that a program before this one wrote, in a form that is no longer read.</summary>
    public static bool IsOlderFormat(string path)
    {
        Span<byte> start = stackalloc byte[Magic.Length + sizeof(int)];
        try
        {
            using var stream = File.OpenRead(path);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.StartsWith(Magic)
                && BinaryPrimitives.ReadInt32LittleEndian(start[Magic.Length..]) is > 0 and < FormatVersion;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static byte[] Serialize(TrainedModel model)
    {
        var card = JsonSerializer.SerializeToUtf8Bytes(model.Card, _json);
        using var stream = new MemoryStream();
        stream.Write(Magic);
        WriteInt32(FormatVersion);
        WriteInt32(card.Length);
        stream.Write(card);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(model.Scorer.Kind);
            model.Scorer.WriteParameters(writer);
        }

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
        if (cardLength is < 0 or > LargestCard || body.Length < 8 + cardLength + SHA256.HashSizeInBytes)
        {
            throw new FormatException("its card does not fit.");
        }

        var card = JsonSerializer.Deserialize<ModelCard>(body.Slice(8, cardLength), _json)
            ?? throw new FormatException("it has no card.");

        // A card of another hand may say null where ours says nothing.
        card = card with { Settings = card.Settings ?? new Dictionary<string, string>(), Elsewhere = card.Elsewhere ?? [] };
        return new TrainedModel(ReadScorer(body[(8 + cardLength)..^SHA256.HashSizeInBytes]), card);
    }

    private static Scorer ReadScorer(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        try
        {
            var kind = reader.ReadString();
            Scorer scorer = kind switch
            {
                HashedScorer.KindName => HashedScorer.ReadParameters(reader),
                "talk" => TalkScorer.ReadParameters(reader),
                _ => throw new FormatException($"it holds a model of the kind '{kind}', which this program does not know."),
            };
            return reader.BaseStream.Position == reader.BaseStream.Length
                ? scorer
                : throw new FormatException("its parameters do not fit.");
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            throw new FormatException("its parameters do not fit.", e);
        }
    }
}
