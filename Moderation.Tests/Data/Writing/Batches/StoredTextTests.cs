using CsCheck;

using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class StoredTextTests
{
    public static TheoryData<string> Bodies { get; } =
    [
        "", " \t\r\n ", new string('x', 1 << 20), "👩‍👩‍👧‍👦 🏳️‍🌈", "\ud83d", "\ude00\ud83d", "\ud83d\ud83d\ude00\ude00", "a\0b", "\0",
        "\u202Eevil\u202C שלום", "\uFEFFbom", "\uFFFF\uFFFE", "it's \"quoted\" -- $0 @p %_\\",
    ];

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task Any_text_is_read_back_as_it_was_stored_and_recognised_when_it_comes_again(string body)
    {
        await using var desk = await TestDesk.CreateAsync();

        await desk.StoreAsync(Scored("a", body));
        var again = await desk.StoreAsync(Scored("a", body));

        Assert.Equal(CommentOutcome.Duplicate, again[0].Outcome);
        Assert.Equal(StoredText.From(body), Assert.Single(desk.Texts("a")));
    }

    [Fact]
    public void Only_what_sqlite_cannot_keep_is_replaced()
    {
        Assert.Equal("plain", StoredText.From("plain"));
        Assert.Equal("😀", StoredText.From("😀"));
        Assert.Equal("\uFFFD😀", StoredText.From("\ud83d\ud83d\ude00"));
        Assert.Equal("😀\uFFFD", StoredText.From("\ud83d\ude00\ude00"));
        Assert.Equal("a\uFFFDb\uFFFD", StoredText.From("a\0b\ud800"));
    }

    [Fact]
    public void Whatever_the_text_the_result_has_a_utf8_form_no_nul_and_the_same_length() =>
        Gen.Int[0, 7].Select(kind => kind switch
        {
            0 => '\0',
            1 or 2 => '\ud83d',
            3 or 4 => '\ude00',
            5 => '\uFFFD',
            _ => 'x',
        }).Array[0, 12].Sample(chars =>
        {
            var text = new string(chars);
            var stored = StoredText.From(text);

            Assert.Equal(text.Length, stored.Length);
            Assert.DoesNotContain('\0', stored);
            Assert.Equal(stored, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true) is var utf8 ? utf8.GetString(utf8.GetBytes(stored)) : "");
            Assert.Equal(stored, StoredText.From(stored));
        });

    [Fact]
    public async Task Any_mix_of_texts_keeps_its_rows_apart_and_its_repeats_together()
    {
        await using var desk = await TestDesk.CreateAsync();
        var number = 0;
        await Gen.String.SampleAsync(
            async body =>
            {
                var id = $"id{Interlocked.Increment(ref number)}";
                await desk.StoreAsync(Scored(id, body));
                var again = await desk.StoreAsync(Scored(id, body));
                Assert.Equal(CommentOutcome.Duplicate, again[0].Outcome);
                Assert.Equal(StoredText.From(body), Assert.Single(desk.Texts(id)));
            },
            iter: 100,
            threads: 1);
    }
}
