using System.Globalization;
using System.Runtime.InteropServices;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>
/// Cuts cleaned text into the talk's tokens: lemmas in lower case, <c>URL</c> for every address, contractions in two ("do",
/// "not"), and no lone punctuation mark. The working memory of one thread, reused for every comment.
/// </summary>
/// <remarks>A run of a mark ("...", "!!!") and a picture (an emoji) are tokens as they stand.</remarks>
internal sealed class TalkTokenizer
{
    private const string Url = "URL";

    private static readonly string[] _contractions = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

    private readonly List<Token> _cut = new(256);
    private readonly List<TalkToken> _tokens = new(256);
    private char[] _forms = new char[1024];
    private int _used;

    /// <summary>In text order, never overlapping; valid until the next text.</summary>
    public ReadOnlySpan<TalkToken> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public ReadOnlySpan<char> FormOf(TalkToken token) => _forms.AsSpan(token.FormStart, token.FormLength);

    /// <summary>Replaces the tokens by those of <paramref name="text"/>.</summary>
    public void Fill(ReadOnlySpan<char> text)
    {
        _cut.Clear();
        _tokens.Clear();
        _used = 0;
        Tokenizer.Tokenize(text, _cut);
        foreach (var token in _cut)
        {
            var span = text.Slice(token.Start, token.Length);
            switch (token.Kind)
            {
                case TokenKind.Url:
                    Add(Url, token.Start, token.Length, isWord: false);
                    break;
                case TokenKind.Word:
                    AddWord(span, token.Start);
                    break;
                case TokenKind.Symbol when !IsLoneMark(span):
                    Add(span, token.Start, token.Length, isWord: false);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsLoneMark(ReadOnlySpan<char> symbol) =>
        symbol.Length == 1 && char.GetUnicodeCategory(symbol[0]) != UnicodeCategory.OtherSymbol;

    private void AddWord(ReadOnlySpan<char> word, int start)
    {
        var ending = word.ContainsAny('\'', '’') ? ContractionLength(word) : 0;
        var stem = word[..^ending];
        Add(stem, start, stem.Length, isWord: true);
        if (ending == "n't".Length)
        {
            // "can't", "won't" and "shan't" lose more than the ending.
            var whole = FormOf(_tokens[^1]) switch { "ca" => "can", "wo" => "will", "sha" => "shall", _ => null };
            if (whole is not null)
            {
                _used -= _tokens[^1].FormLength;
                _tokens.RemoveAt(_tokens.Count - 1);
                Add(whole, start, stem.Length, isWord: false);
            }
        }

        if (ending > 0)
        {
            Add(word[^ending..], start + stem.Length, ending, isWord: true);
        }
    }

    /// <summary>Length of the contracted word at the end; 0 when there is none, or nothing else.</summary>
    private static int ContractionLength(ReadOnlySpan<char> word)
    {
        foreach (var contraction in _contractions)
        {
            if (word.Length > contraction.Length && IsFolded(word[^contraction.Length..], contraction))
            {
                return contraction.Length;
            }
        }

        return 0;

        static bool IsFolded(ReadOnlySpan<char> text, string folded)
        {
            for (var i = 0; i < folded.Length; i++)
            {
                if (Folded(text[i]) != folded[i])
                {
                    return false;
                }
            }

            return true;
        }
    }

    private void Add(ReadOnlySpan<char> form, int start, int length, bool isWord)
    {
        var room = _used + form.Length + EnglishLemmas.Slack;
        if (room > _forms.Length)
        {
            Array.Resize(ref _forms, Math.Max(room, _forms.Length * 2));
        }

        var buffer = _forms.AsSpan(_used);
        var formLength = form.Length;
        if (isWord)
        {
            for (var i = 0; i < form.Length; i++)
            {
                buffer[i] = Folded(form[i]);
            }

            formLength = EnglishLemmas.Lemmatise(buffer, form.Length);
        }
        else
        {
            form.CopyTo(buffer);
        }

        _tokens.Add(new TalkToken(start, length, _used, formLength));
        _used += formLength;
    }

    /// <summary>Upper and lower case are one, and so are the two apostrophes.</summary>
    private static char Folded(char c) => c == '’' ? '\'' : char.ToLowerInvariant(c);
}
