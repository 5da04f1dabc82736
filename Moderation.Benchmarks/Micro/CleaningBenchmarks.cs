using BenchmarkDotNet.Attributes;

using Moderation.Pipeline.Text;

namespace Moderation.Benchmarks.Micro;

/// <summary>Cleaning a comment without mark-up, and one of the same length that is full of it.</summary>
[MemoryDiagnoser]
public class CleaningBenchmarks
{
    private const string Plain = "Ignore the clock, put the dough in a jar and wait until it has grown by two thirds. It works every time, in any kitchen. ";
    private const string Marked = "Ignore the clock &amp; see [the &quot;jar&quot; trick](https://example.org/jar): <U+1F600> it has \\*never\\* let me down.\n";

    private readonly string _plain = Plain;
    private readonly string _marked = Marked;
    private readonly char[] _destination = new char[Math.Max(Plain.Length, Marked.Length)];

    [Benchmark(Baseline = true)]
    public bool PlainNeedsCleaning() => CommentCleaner.NeedsCleaning(_plain);

    [Benchmark]
    public int CleanPlain() => CommentCleaner.Clean(_plain, _destination);

    [Benchmark]
    public int CleanMarked() => CommentCleaner.Clean(_marked, _destination);
}
