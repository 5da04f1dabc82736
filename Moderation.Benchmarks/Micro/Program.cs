BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Moderation.Benchmarks.Micro.ScoringBenchmarks).Assembly).Run(args);
