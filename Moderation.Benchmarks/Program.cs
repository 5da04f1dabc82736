// The micro-benchmarks: dotnet run -c Release --project Moderation.Benchmarks -- --filter '*'
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Moderation.Benchmarks.Bench).Assembly).Run(args);
