using Microsoft.Data.Sqlite;

using Moderation.Pipeline.Models;

namespace Moderation.Benchmarks.Crash;

/// <summary>Holds what is in the database against what must be there: none missing, none twice, none other.</summary>
internal sealed class CrashVerifier(DeskDatabase database, string modelsFolder, CrashFindings findings)
{
    private const string Comments =
        """
        SELECT c."Id", s."Name", c."ExternalId", m."Name", a."Name", c."CreatedAt", c."ReceivedAt", c."Version", c."TextVersion", c."Status",
            c."Probability", c."Threshold", c."Flagged", c."ModelId", c."QueueNumber", c."EditedAfterDecision", c."WithdrawnAt" IS NOT NULL, c."DecisionId",
            c."LateBy"
        FROM "Comments" AS c JOIN "Sources" AS s ON s."Id" = c."SourceId" JOIN "Communities" AS m ON m."Id" = c."CommunityId"
            LEFT JOIN "Authors" AS a ON a."Id" = c."AuthorId"
        ORDER BY c."Id"
        """;

    private const string Versions =
        """
        SELECT t."CommentId", t."TextVersion", t."Body", p."ModelId", p."Probability", p."Threshold"
        FROM "CommentTexts" AS t LEFT JOIN "Predictions" AS p ON p."CommentId" = t."CommentId" AND p."TextVersion" = t."TextVersion"
        ORDER BY t."CommentId", t."TextVersion"
        """;

    private readonly Dictionary<int, Scorer> _models = [];
    private readonly Dictionary<(int Model, string Body), double> _scores = [];

    /// <summary>The windows that follow from the comments; whole behind <see cref="VerifyComments"/>.</summary>
    public ExpectedWindows Windows { get; } = new();

    public void VerifyIntegrity()
    {
        foreach (var line in database.Rows("PRAGMA integrity_check", static row => row.GetString(0)))
        {
            findings.Expect(line == "ok", $"SQLite finds: {line}");
        }
    }

    public void VerifyComments(IReadOnlyDictionary<string, ExpectedSource> sources, IReadOnlyList<StoredDecision> decisions)
    {
        LoadModels();
        var decided = decisions.ToLookup(decision => decision.CommentId);
        using var versions = database.Rows(Versions, Version).GetEnumerator();
        var more = versions.MoveNext();
        var found = sources.Keys.ToDictionary(name => name, static _ => 0, StringComparer.Ordinal);
        foreach (var comment in database.Rows(Comments, Comment))
        {
            var own = new List<StoredVersion>();
            for (; more && versions.Current.CommentId <= comment.Id; more = versions.MoveNext())
            {
                findings.Expect(versions.Current.CommentId == comment.Id, $"a text belongs to comment {versions.Current.CommentId}, which is not there");
                own.Add(versions.Current);
            }

            if (!sources.TryGetValue(comment.Source, out var source) || !source.Comments.TryGetValue(comment.ExternalId, out var expected))
            {
                findings.Add($"comment {comment.ExternalId} of source {comment.Source} was never sent", comment.ReceivedAt);
                continue;
            }

            found[comment.Source]++;
            Compare(comment, expected, own, [.. decided[comment.Id]]);
        }

        findings.Expect(!more, "texts belong to comments that are not there");
        foreach (var (name, source) in sources)
        {
            findings.Expect(
                found[name] == source.Comments.Count, $"source {name} has {found[name]} comments and must have {source.Comments.Count}");
        }

        var texts = sources.Values.Sum(source => source.Comments.Values.Sum(comment => (long)comment.Texts.Count));
        ExpectCount("CommentTexts", """SELECT COUNT(*) FROM "CommentTexts" """, texts);
        ExpectCount("Predictions", """SELECT COUNT(*) FROM "Predictions" """, texts);
    }

    public void VerifyDeadLetters(ExpectedSource source)
    {
        var stored = database.Rows(
            """SELECT s."Name", d."Place", d."Original" FROM "DeadLetters" AS d JOIN "Sources" AS s ON s."Id" = d."SourceId" ORDER BY d."Id" """,
            static row => (Source: row.GetString(0), Place: row.GetString(1), Original: row.GetString(2))).ToList();
        var expected = source.DeadLetters.Select(letter => (source.Name, letter.Place, letter.Original)).ToList();
        findings.Expect(
            stored.SequenceEqual(expected),
            $"{stored.Count} dead letters are not the {expected.Count} expected ones; the first difference is at {FirstDifference(stored, expected)}");
    }

    public void VerifyCheckpoint(ExpectedSource source)
    {
        var position = database.Rows(
            """SELECT s."Name", c."Position" FROM "Checkpoints" AS c JOIN "Sources" AS s ON s."Id" = c."SourceId" """,
            static row => (Source: row.GetString(0), Position: row.GetString(1))).ToList();
        findings.Expect(
            position is [var only] && only.Source == source.Name && GrowingFile.Records(only.Position) == source.Inputs,
            $"the checkpoint is {string.Join(", ", position)} behind {source.Inputs} records");
    }

    public void VerifyPromotions(ModelSwaps swaps)
    {
        var promotions = database.Rows(
            """SELECT m."Version" FROM "Promotions" AS p JOIN "Models" AS m ON m."Id" = p."ModelId" ORDER BY p."Id" """,
            static row => row.GetString(0)).ToList();
        findings.Expect(promotions is [ModelSwaps.First, ..], $"the first promotion is of {promotions.FirstOrDefault() ?? "nothing"}");
        findings.Expect(
            swaps.Explain([.. promotions.Skip(1)]), $"the promotions {string.Join(", ", promotions)} do not follow from the {swaps.Asked} that were asked for");
        var live = database.Rows("""SELECT "Version" FROM "Models" WHERE "State" = 1""", static row => row.GetString(0)).ToList();
        findings.Expect(live is [var one] && one == promotions[^1], $"live is {string.Join(" and ", live)} and promoted last {promotions[^1]}");
    }

    private static StoredComment Comment(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.GetInt64(6),
        row.GetInt32(7), row.GetInt32(8), (StoredStatus)row.GetInt32(9), row.GetDouble(10), row.GetDouble(11), row.GetBoolean(12), row.GetInt32(13),
        row.GetInt64(14), row.GetBoolean(15), row.GetBoolean(16), row.IsDBNull(17) ? null : row.GetInt64(17),
        row.IsDBNull(18) ? null : row.GetInt64(18));

    private static StoredVersion Version(SqliteDataReader row) => row.IsDBNull(3)
        ? new(row.GetInt64(0), row.GetInt32(1), row.GetString(2), null, 0, 0)
        : new(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetDouble(4), row.GetDouble(5));

    private static string FirstDifference<T>(List<T> one, List<T> other) =>
        $"number {one.Zip(other).TakeWhile(pair => Equals(pair.First, pair.Second)).Count() + 1}";

    private void Compare(StoredComment comment, ExpectedComment expected, List<StoredVersion> versions, List<StoredDecision> decisions)
    {
        var name = $"comment {comment.ExternalId} of source {comment.Source}";
        var first = expected.First;
        Expect(expected.AnsweredId is null || expected.AnsweredId == comment.Id, $"has the id {comment.Id}, and its caller was told {expected.AnsweredId}");
        Expect((comment.Community, comment.Author) == (first.Community, first.Author), "has another community or author");
        Expect(
            comment.CreatedAt == (first.CreatedAt is { } time && time < KnownStream.FarFuture ? time.ToUnixTimeMilliseconds() : comment.ReceivedAt),
            $"has the event time {comment.CreatedAt}");
        Expect(comment.Withdrawn == expected.Withdrawn, expected.Withdrawn ? "is not withdrawn" : "is withdrawn");
        Expect(
            versions.Select(version => version.Body).SequenceEqual(expected.Texts), $"has {versions.Count} texts that are not the {expected.Texts.Count} expected ones in their order");
        Expect(versions.Select(version => version.TextVersion).SequenceEqual(Enumerable.Range(1, versions.Count)), "has gaps in its versions, or a version with two predictions");
        Expect(
            comment.Version == expected.Texts.Count + (expected.Withdrawn ? 1 : 0) + decisions.Count,
            $"has version {comment.Version} with {expected.Texts.Count} texts and {decisions.Count} decisions");
        foreach (var version in versions)
        {
            Expect(
                version.ModelId is { } model && Score(model, version.Body) == version.Probability,
                $"has in version {version.TextVersion} not the probability that model {version.ModelId} gives");
        }

        if (versions.Count > 0)
        {
            var late = Windows.Add(comment, versions[0], clamped: first.CreatedAt == KnownStream.FarFuture);
            Expect(comment.LateBy == late, $"is late by {comment.LateBy} and must be by {late}");
            var last = versions[^1];
            Expect(
                (comment.TextVersion, comment.Probability, comment.Threshold, comment.ModelId, comment.Flagged)
                    == (last.TextVersion, last.Probability, last.Threshold, last.ModelId, last.Flagged),
                "does not agree with its last prediction");
            Expect(DecisionReplay.Explains(comment, versions, decisions), "stands otherwise than its texts and decisions say");
        }

        void Expect(bool holds, string finding) => findings.Expect(holds, holds ? "" : $"{name} {finding}", comment.ReceivedAt);
    }

    private void ExpectCount(string table, string sql, long expected)
    {
        var count = database.Number(sql);
        findings.Expect(count == expected, $"{table} has {count} rows and must have {expected}");
    }

    private void LoadModels()
    {
        var models = database.Rows("""SELECT "Id", "FileName" FROM "Models" """, static row => (Id: row.GetInt32(0), File: row.GetString(1)));
        foreach (var (id, file) in models)
        {
            _models[id] = ModelFile.Read(Path.Combine(modelsFolder, file)).Scorer;
        }
    }

    /// <summary>Texts come again and again, as edits and under other ids, so each is scored once.</summary>
    private double? Score(int model, string body)
    {
        if (!_scores.TryGetValue((model, body), out var score))
        {
            if (!_models.TryGetValue(model, out var scorer))
            {
                return null;
            }

            _scores[(model, body)] = score = scorer.Score(body);
        }

        return score;
    }
}
