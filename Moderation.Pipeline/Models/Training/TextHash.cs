using System.Security.Cryptography;
using System.Text;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Training;

/// <summary>A stable hash of a text, the same for texts that differ only in case, spacing and mark-up.</summary>
internal static class TextHash
{
    public static UInt128 Of(string body)
    {
        var normalised = new StringBuilder(body.Length);
        var pendingGap = false;
        foreach (var c in CommentCleaner.Clean(body))
        {
            if (char.IsWhiteSpace(c))
            {
                pendingGap = normalised.Length > 0;
                continue;
            }

            if (pendingGap)
            {
                normalised.Append(' ');
                pendingGap = false;
            }

            normalised.Append(char.ToLowerInvariant(c));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(normalised.ToString()), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
