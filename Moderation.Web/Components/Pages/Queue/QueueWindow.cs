using Moderation.Data.Reading;
using Moderation.Data.Writing;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;

namespace Moderation.Web.Components.Pages.Queue;

/// <summary>
/// The part of the queue that a page shows. It changes only when its reader asks: arrivals are counted, decided cards
/// stay in place.
/// </summary>
internal sealed class QueueWindow(QueueReader reader, ModelShelf models, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>Most cards that are kept. Whoever has worked through so many views the queue anew.</summary>
    public const int MostCards = 500;

    private QueueSort _sort;
    private PageCursor? _next;
    private long _newestSeen;

    /// <summary>In the order of the sort; null before the first load.</summary>
    public List<QueueCardModel>? Cards { get; private set; }

    public QueueCardModel? Selected { get; private set; }

    /// <summary>How many came, or came back, since the window was loaded and are not shown in it.</summary>
    public CappedCount Newer { get; private set; }

    /// <summary>How many wait in all.</summary>
    public CappedCount? Waiting { get; private set; }

    public bool HasMore => _next is not null && !IsFull;

    public bool IsFull => Cards?.Count >= MostCards;

    /// <summary>Loads the beginning of the queue as it is now.</summary>
    public async Task LoadAsync(QueueSort sort)
    {
        _sort = sort;
        var newest = await reader.NewestNumberAsync(CancellationToken.None);
        var page = await reader.ReadAsync(sort, after: null, newest, PageSize, CancellationToken.None);
        var waiting = await reader.CountAsync(CancellationToken.None);
        (_newestSeen, _next, Newer, Waiting) = (newest, page.Next, default, waiting);
        Cards = await ToCardsAsync(page.Items);
        Selected = Cards.Count > 0 ? Cards[0] : null;
    }

    /// <summary>Adds the next page behind the last card.</summary>
    public async Task LoadMoreAsync()
    {
        if (!HasMore || _next is not { } after || Cards is not { } cards)
        {
            return;
        }

        var page = await reader.ReadAsync(_sort, after, _newestSeen, PageSize, CancellationToken.None);
        if (Cards != cards || _next != after)
        {
            // Loaded anew, or asked for twice, meanwhile.
            return;
        }

        _next = page.Next;
        cards.AddRange(await ToCardsAsync(page.Items));
    }

    /// <summary>Asks how the cards stand now, and how many came.</summary>
    public async Task RefreshAsync()
    {
        if (Cards is not { } cards)
        {
            return;
        }

        // A copy: while an answer is awaited, the reader may load more or anew.
        var shown = cards.ToArray();
        var states = await reader.StatesAsync(Array.ConvertAll(shown, card => card.Item.Id), CancellationToken.None);
        foreach (var card in shown)
        {
            if (states.TryGetValue(card.Item.Id, out var state))
            {
                await ApplyAsync(card, state);
            }
        }

        var newer = await reader.CountNewerAsync(_newestSeen, CancellationToken.None);
        var waiting = await reader.CountAsync(CancellationToken.None);
        if (Cards == cards)
        {
            (Newer, Waiting) = (WithoutShown(newer, cards), waiting);
        }
    }

    /// <summary>Brings a card to a newer state; older news than it has are ignored.</summary>
    public async Task ApplyAsync(QueueCardModel card, CommentState state)
    {
        if (state.Version <= card.Item.Version)
        {
            return;
        }

        if (state.TextVersion == card.Item.TextVersion)
        {
            card.Item = card.Item.With(state);
        }
        else if (await reader.FindAsync(state.Id, CancellationToken.None) is { } edited
            && await ScorerOfAsync(edited) is var scorer && Cards?.IndexOf(card) is >= 0 and var index)
        {
            var replacement = new QueueCardModel(edited, scorer) { TextChangedAt = time.GetTimestamp() };
            Cards[index] = replacement;
            Selected = Selected == card ? replacement : Selected;
        }
    }

    public QueueCardModel? Find(long id) => Cards?.Find(card => card.Item.Id == id);

    public void Select(QueueCardModel card) => Selected = card;

    /// <summary>Selects the card so many places on, loading more at the end.</summary>
    public async Task MoveAsync(int step)
    {
        if (Cards is { Count: > 0 } loaded && IndexOfSelected() + step >= loaded.Count)
        {
            await LoadMoreAsync();
        }

        if (Cards is { Count: > 0 } cards)
        {
            Selected = cards[Math.Clamp(IndexOfSelected() + step, 0, cards.Count - 1)];
        }
    }

    /// <summary>Selects the next card that needs somebody; stays when there is none.</summary>
    public void SelectNext(QueueCardModel from)
    {
        if (Cards is { } cards)
        {
            Selected = cards.Skip(cards.IndexOf(from) + 1).FirstOrDefault(card => !card.IsDone) ?? Selected;
        }
    }

    /// <summary>A card that came back, by an undo or an edit, stands in its place again and needs no announcement.</summary>
    private CappedCount WithoutShown(CappedCount newer, List<QueueCardModel> cards)
    {
        var shown = cards.Count(card => !card.IsDone && card.Item.QueueNumber > _newestSeen);
        return newer.Value > newer.Cap ? newer : newer with { Value = Math.Max(0, newer.Value - shown) };
    }

    private int IndexOfSelected() => Selected is null ? -1 : Cards!.IndexOf(Selected);

    private async Task<List<QueueCardModel>> ToCardsAsync(IReadOnlyList<CommentItem> items)
    {
        var cards = new List<QueueCardModel>(items.Count);
        foreach (var item in items)
        {
            cards.Add(new QueueCardModel(item, await ScorerOfAsync(item)));
        }

        return cards;
    }

    /// <summary>Only the model that gave the score can explain it, whichever is live by now.</summary>
    private async Task<Scorer?> ScorerOfAsync(CommentItem item) =>
        item.ModelVersion is { } version ? await models.FindAsync(version, CancellationToken.None) : null;
}
