using System.Diagnostics;
using System.Globalization;

using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Crash;

/// <summary>
/// Starts the real program, feeds it a known stream through a file source and through HTTP, decides on comments and swaps
/// models, kills it again and again, and holds what is kept in the end against what must be.
/// </summary>
internal sealed class CrashTest : IDisposable
{
    /// <summary>The data directory in the folder.</summary>
    public const string Data = "data";

    private const int Callers = 2;

    /// <summary>Lines that lie ahead of the file source at a start: more than it reads before the kill.</summary>
    private const int LinesAhead = 600;

    private const int LinesPerSecond = 500;
    private const int TrainingRows = 240;

    private static readonly TimeSpan _longestRun = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _longestCatchUp = TimeSpan.FromSeconds(120);

    private readonly ChildProgram _program;
    private readonly string _folder;
    private readonly CrashOptions _options;
    private readonly Action<string> _progress;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly DeskAddress _address = new();
    private readonly Answers _answers = new();
    private readonly GrowingFile _file;
    private readonly IReadOnlyList<CrashCaller> _callers;
    private readonly CrashModerator _moderator;
    private readonly ModelSwaps _swaps;
    private readonly List<long> _runs = [];
    private readonly SortedDictionary<string, int> _atFailPoints = new(StringComparer.Ordinal);
    private int _kill;

    /// <param name="folder">Empty, or prepared by <see cref="PrepareAsync"/>.</param>
    public CrashTest(ChildProgram program, string folder, CrashOptions options, Action<string> progress)
    {
        (_program, _folder, _options, _progress) = (program, folder, options, progress);
        var targets = new DecisionTargets();
        var begin = KnownStream.BeginBefore(TimeProvider.System.GetUtcNow());
        _file = new GrowingFile(Path.Combine(folder, "stream.ndjson"), new KnownStream(options.Seed, begin) { HasUnreadable = true });
        _callers = [.. Enumerable.Range(1, Callers).Select(i => new CrashCaller(
            $"http-{i}", new KnownStream((options.Seed * 100) + i, begin) { HasUntimed = i == Callers }, (options.Seed * 100) + 50 + i, _client, _address, _answers, targets))];
        _moderator = new CrashModerator((options.Seed * 100) + 99, _client, _address, _answers, targets);
        _swaps = new ModelSwaps(program, folder, _client);
    }

    /// <summary>Carries the test out.</summary>
    /// <param name="folder">Empty, or prepared by <see cref="PrepareAsync"/>.</param>
    /// <exception cref="CrashException">Something was missing, twice or wrong; or it could not be carried out.</exception>
    public static async Task<CrashReport> RunAsync(
        ChildProgram program, string folder, CrashOptions options, Action<string> progress, CancellationToken stop)
    {
        using var test = new CrashTest(program, folder, options, progress);
        var report = await test.FeedAndKillAsync(stop);
        progress("comparing");
        var findings = test.Verify(Path.Combine(folder, Data));
        return findings.Count == 0
            ? report
            : throw new CrashException($"Seed {options.Seed}: {findings.Count} things are wrong behind {options.Kills} kills:{findings}");
    }

    /// <summary>Gives a data directory two models, of which the first is live.</summary>
    public static async Task PrepareAsync(ChildProgram program, string folder, CancellationToken stop)
    {
        using var client = new HttpClient();
        foreach (var version in new[] { 1, 2 })
        {
            var file = $"train-{version}.csv";
            var rows = new CommentGenerator(seed: 10 + version).Take(TrainingRows)
                .Select(row => $"\"{row.Body.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(row.Removed ? 1 : 0)}");
            await File.WriteAllLinesAsync(Path.Combine(folder, file), rows.Prepend("text,label"), stop);
            string[] words = ["train", "--input", file, .. version == 1 ? new[] { "--promote" } : []];
            using var command = DeskUnderTest.Start(program, folder, words, client);
            if (!await command.WaitForEndAsync(TimeSpan.FromSeconds(120), stop) || command.ExitCode != 0)
            {
                throw new CrashException($"A model could not be trained: {command.Said}");
            }
        }
    }

    /// <summary>Feeds and kills the program, and lets it end by itself once it has all.</summary>
    /// <exception cref="CrashException">It could not be carried out, or a caller got an answer that is none.</exception>
    public async Task<CrashReport> FeedAndKillAsync(CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await KillAgainAndAgainAsync(stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            throw new CrashException($"Seed {_options.Seed}, kill {_kill} of {_options.Kills}: {e.Message}");
        }

        return new CrashReport(
            _options.Seed, _options.Kills, _atFailPoints, Sources.Sum(source => source.Inputs), Sources.Sum(source => source.Comments.Count),
            _callers.Sum(caller => caller.Answered), _moderator.Made.Count, _callers.Sum(caller => caller.Repeats) + _moderator.Repeats, _swaps.Asked,
            clock.Elapsed.TotalSeconds);
    }

    /// <summary>Holds what is kept against what must be.</summary>
    /// <param name="data">The data directory, or a copy; nothing runs on it.</param>
    public CrashFindings Verify(string data)
    {
        var findings = new CrashFindings(_runs);
        using var database = new DeskDatabase(Path.Combine(data, "moderation.db"));
        var verifier = new CrashVerifier(database, Path.Combine(data, "models"), findings);
        var decisionVerifier = new DecisionVerifier(database, findings);
        var decisions = decisionVerifier.Read();
        verifier.VerifyIntegrity();
        verifier.VerifyComments(Sources.ToDictionary(source => source.Name, StringComparer.Ordinal), decisions);
        new WindowVerifier(database, findings).Verify(verifier.Windows);
        verifier.VerifyDeadLetters(_file.Expected);
        verifier.VerifyCheckpoint(_file.Expected);
        verifier.VerifyPromotions(_swaps);
        decisionVerifier.Verify(_moderator.Made, decisions);
        return findings;
    }

    public void Dispose() => _client.Dispose();

    private IEnumerable<ExpectedSource> Sources => _callers.Select(caller => caller.Expected).Append(_file.Expected);

    private async Task KillAgainAndAgainAsync(CancellationToken stop)
    {
        if (!Directory.Exists(Path.Combine(_folder, Data)))
        {
            await PrepareAsync(_program, _folder, stop);
        }

        using var enough = new CancellationTokenSource();
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var people = _callers.Select(caller => caller.RunAsync(enough.Token, abort.Token)).Append(_moderator.RunAsync(enough.Token, abort.Token)).ToList();
        try
        {
            var dice = new Random(_options.Seed);
            for (_kill = 1; _kill <= _options.Kills; _kill++)
            {
                var plan = PlannedKill.Draw(dice, _options.FailPoint);
                _progress(string.Create(CultureInfo.InvariantCulture, $"kill {_kill} of {_options.Kills}: {plan}"));
                await RunUntilKilledAsync(plan, abort.Token);
                await RethrowAsync(people);
            }

            await RunToTheEndAsync(people, enough, abort.Token);
        }
        finally
        {
            await abort.CancelAsync();
            await Task.WhenAll(people).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A caller that gave up has found something.</summary>
    private static async Task RethrowAsync(List<Task> people)
    {
        foreach (var person in people.Where(person => person.IsFaulted))
        {
            await person;
        }
    }

    private DeskUnderTest Start(string? failPoint)
    {
        _file.Grow(Math.Max(0, LinesAhead - _file.Ahead));
        _runs.Add(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return DeskUnderTest.Start(
            _program,
            _folder,
            [
                "serve", "--urls", "http://127.0.0.1:0", "--Moderation:Sources:0:Type=file", $"--Moderation:Sources:0:Path={_file.Path}",
                "--Moderation:Sources:0:Name=file", $"--Moderation:Sources:0:Rate={LinesPerSecond}", "--Moderation:Sources:1:Type=api",
                // Small batches make many commits, and a kill hits one of them sooner.
                "--Moderation:Pipeline:BatchSize=32", "--Moderation:Pipeline:BatchDelayMilliseconds=20",
                $"--Moderation:Pipeline:OutOfOrdernessMilliseconds={ExpectedWindows.OutOfOrdernessMilliseconds}",
                $"--Moderation:Pipeline:LatenessMilliseconds={ExpectedWindows.LatenessMilliseconds}",
            ],
            _client,
            failPoint);
    }

    private async Task RunUntilKilledAsync(PlannedKill plan, CancellationToken stop)
    {
        using var desk = Start(plan.FailPoint);
        var swap = Task.CompletedTask;
        try
        {
            if (await desk.WaitForAddressAsync(stop) is { } address)
            {
                _address.Set(address);
                swap = plan.Swaps ? _swaps.PromoteAsync(stop) : swap;
                await DieAsync(desk, plan, stop);
            }

            if (desk.ExitCode != DeskUnderTest.Killed)
            {
                throw new CrashException($"The program ended by itself with exit code {desk.ExitCode}: {desk.Said}");
            }
        }
        finally
        {
            _address.Clear();
            await swap;
        }

        if (plan.FailPointName is { } name)
        {
            _atFailPoints[name] = _atFailPoints.GetValueOrDefault(name) + 1;
        }
    }

    private async Task DieAsync(DeskUnderTest desk, PlannedKill plan, CancellationToken stop)
    {
        if (await desk.WatchAsync(Reached, _longestRun, stop))
        {
            await (plan.BehindAnswer ? _answers.NextAsync().WaitAsync(_longestRun, TimeProvider.System, stop) : Task.Delay(plan.Delay, TimeProvider.System, stop));
            await desk.KillAsync(stop);
        }

        // At a fail point it dies by itself.
        bool Reached(DeskFigures figures)
        {
            _file.See(figures.Find(_file.Expected.Name)?.Position);
            return plan.FailPoint is null && figures.Done >= plan.Inputs;
        }
    }

    private async Task RunToTheEndAsync(List<Task> people, CancellationTokenSource enough, CancellationToken stop)
    {
        _progress("the last run, to the end of the stream");

        // Something to read even if all was committed before: the source tells its position behind a commit.
        _file.Grow(LinesPerSecond / 10);
        using var desk = Start(failPoint: null);
        _address.Set(await desk.WaitForAddressAsync(stop) ?? throw new CrashException($"The program ended before it listened: {desk.Said}"));
        await enough.CancelAsync();
        await Task.WhenAll(people).WaitAsync(_longestRun, TimeProvider.System, stop);
        var all = await desk.WatchAsync(
            figures => GrowingFile.Records(figures.Find(_file.Expected.Name)?.Position) >= _file.Expected.Inputs, _longestCatchUp, stop);
        if (!all || !await desk.StopAsync(stop) || desk.ExitCode != 0)
        {
            throw new CrashException($"The last run did not go well; it ended with exit code {desk.ExitCode}: {desk.Said}");
        }
    }
}
