using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Moderation.Pipeline.Models.Training;

/// <summary>Names a set of labelled texts: the same rows, in any order, give the same sixteen hex digits.</summary>
public static class DataFingerprint
{
    private const int Digits = 16;

    /// <summary>Of labelled comments, repeated texts included.</summary>
    public static string Of(IEnumerable<LabelledComment> rows) =>
        Of([.. rows.Select(TrainingText.Of).OrderBy(row => row.Hash).ThenBy(row => row.Removed)]);

    /// <param name="rows">In the order of their hashes.</param>
    internal static string Of(IReadOnlyList<TrainingText> rows)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[17];
        foreach (var row in rows)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(buffer, row.Hash);
            buffer[16] = row.Removed ? (byte)1 : (byte)0;
            sha.AppendData(buffer);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..Digits];
    }
}
