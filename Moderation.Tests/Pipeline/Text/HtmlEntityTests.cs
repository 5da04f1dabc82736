using System.Net;

using CsCheck;

using Moderation.Pipeline.Text;

namespace Moderation.Tests.Pipeline.Text;

public sealed class HtmlEntityTests
{
    private static readonly string[] _pieces =
        ["&", ";", "#", "x", "X", "amp", "lt", "hellip", "Eacute", "eacute", "nosuch", "0", "39", "1F600", "128512", "D800", "10FFFF", "110000", "00065"];

    [Theory]
    [InlineData("&amp;", "&")]
    [InlineData("&#39;", "'")]
    [InlineData("&#x1F600;", "\U0001F600")]
    [InlineData("&thetasym;", "\u03D1")]
    [InlineData("&Eacute;", "\u00C9")]
    public void Entities_stand_for_what_they_name(string entity, string decoded) => Assert.Equal(decoded, Read(entity));

    [Fact]
    public void Of_any_text_it_reads_what_the_frameworks_decoder_reads() =>
        Gen.Int[0, _pieces.Length - 1].Array[0, 4].Select(pieces => "&" + string.Concat(pieces.Select(piece => _pieces[piece])) + ";").Sample(
            entity =>
            {
                if (entity.Length <= 12 && entity.AsSpan(1).IndexOfAny("&;") == entity.Length - 2)
                {
                    var decoded = WebUtility.HtmlDecode(entity);
                    Assert.Equal(decoded == entity || decoded == "\0" ? null : decoded, Read(entity));
                }
            },
            iter: 20_000);

    private static string? Read(string entity) =>
        HtmlEntity.TryRead(entity, out var first, out var second, out var length) && length == entity.Length
            ? second == '\0' ? $"{first}" : $"{first}{second}"
            : null;
}
