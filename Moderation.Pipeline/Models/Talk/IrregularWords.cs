using System.Collections.Frozen;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>Words whose lemma the rules of <see cref="EnglishLemmas"/> would miss.</summary>
internal static class IrregularWords
{
    /// <summary>Each line is a lemma and its irregular forms.</summary>
    private const string Forms = """
        be am is are was were been being 'm 're
        have has had 've
        do does did done
        go goes went gone
        will 'll
        not n't
        say said
        get got gotten
        make made
        know knew known
        think thought
        take took taken
        see saw seen
        come came
        give gave given
        find found
        tell told
        become became becoming
        excite exciting excited
        underlie underlying underlay
        leave left
        feel felt
        bring brought
        begin began begun
        keep kept
        hold held
        write wrote written
        stand stood
        understand understood
        hear heard
        mean meant
        meet met
        run ran
        pay paid
        sit sat
        speak spoke spoken
        lead led
        grow grew grown
        lose lost
        fall fell fallen
        send sent
        build built
        draw drew drawn
        break broke broken
        spend spent
        rise rose risen
        drive drove driven
        buy bought
        wear wore worn
        choose chose chosen
        seek sought
        throw threw thrown
        catch caught
        deal dealt
        win won
        forget forgot forgotten
        sell sold
        fight fought
        teach taught
        eat ate eaten
        sleep slept
        shoot shot
        sing sang sung
        fly flew flown flies
        steal stole stolen
        hide hid hidden
        drink drank drunk
        swim swam swum
        bite bitten
        feed fed
        light lit
        show shown
        prove proven
        beat beaten
        blow blew blown
        shake shook shaken
        ride rode ridden
        wake woke woken
        stick stuck
        strike struck
        bear bore borne
        tear tore torn
        swear swore sworn
        freeze froze frozen
        bind bound
        hang hung
        dig dug
        breed bred
        agree agreed
        guarantee guaranteed
        free freed
        add added adding adds
        create creating created
        delete deleting deleted
        complete completing completed
        compete competing competed
        ignore ignoring ignored
        explore exploring explored
        restore restoring restored
        change changing changed
        arrange arranging arranged
        challenge challenging challenged
        invite inviting invited
        unite uniting united
        interfere interfering interfered
        focus focusing focused focuses
        bias biased biasing biases
        control controlling controlled
        cancel cancelling cancelled
        travel travelling travelled
        develop developing developed
        die dying
        lie lying
        tie tying
        use using used uses
        lose losing
        ask asking asked asks
        man men
        woman women
        child children
        person people
        foot feet
        tooth teeth
        mouse mice
        life lives
        wife wives
        self selves
        half halves
        leaf leaves
        knife knives
        wolf wolves
        shelf shelves
        thief thieves
        datum data
        bacterium bacteria
        criterion criteria
        phenomenon phenomena
        hypothesis hypotheses
        analysis analyses
        crisis crises
        basis bases
        thesis theses
        virus viruses
        bonus bonuses
        status statuses
        bus buses
        gas gases
        movie movies
        cookie cookies
        calorie calories
        zombie zombies
        shoe shoes
        ache aches
        headache headaches
        cache caches
        topic topics
        critic critics
        comic comics
        graphic graphics
        clinic clinics
        antibiotic antibiotics
        plastic plastics
        characteristic characteristics
        metric metrics
        skeptic skeptics
        mechanic mechanics
        good better best
        bad worse worst
        """;

    /// <summary>Words that only look inflected.</summary>
    private const string Unchanged = """
        always perhaps news bias themselves ourselves yourselves willing according ongoing
        series species sometimes besides towards afterwards whereas alas atlas canvas chaos texas
        christmas diabetes herpes rabies lens thing something nothing anything everything during morning evening ceiling
        sibling darling wedding hundred sacred naked wicked embed biped hatred kindred sled shed shred unless
        """;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lemmas = Read();

    public static bool TryFind(ReadOnlySpan<char> word, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? lemma) =>
        _lemmas.TryGetValue(word, out lemma);

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        var lemmas = Unchanged.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToDictionary(word => word, StringComparer.Ordinal);
        foreach (var line in Forms.Split('\n'))
        {
            var words = line.Split(' ');
            foreach (var form in words[1..])
            {
                // The first lemma of a form is the commoner one.
                lemmas.TryAdd(form, words[0]);
            }
        }

        return lemmas.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
