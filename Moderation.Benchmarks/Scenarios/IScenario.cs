using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>Something of the program that is measured beside its baseline.</summary>
internal interface IScenario
{
    /// <summary>As people name it: <c>bench NAME</c>.</summary>
    string Name { get; }

    /// <summary>What is measured and beside what, in one line.</summary>
    string Description { get; }

    /// <summary>Too long for a run of everything: it runs when it is named.</summary>
    bool OnlyWhenNamed => false;

    /// <summary>Measures; each figure comes as soon as it is known.</summary>
    IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop);
}
