using System.Globalization;

using Moderation.Benchmarks;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Web.Commands;

/// <summary>Prints figures beside their baselines as a table, with a bar for how many times better they are.</summary>
internal static class BenchText
{
    private const int NameWidth = 22;
    private const int ValueWidth = 18;
    private const int BarWidth = 9;

    /// <summary>Blocks of the bar for each power of ten.</summary>
    private const int BarOfTen = 3;

    public static void PrintList()
    {
        foreach (var (name, description) in Bench.Scenarios)
        {
            CommandConsole.Result($"{name,-NameWidth}{description}");
        }
    }

    public static void Print(BenchResult result, bool isFirst)
    {
        if (isFirst)
        {
            CommandConsole.Result($"{"",-NameWidth}{"measured",ValueWidth}{"baseline",ValueWidth}{"times better",14}  {"███ = ten",-BarWidth}  least–most");
        }

        var value = result.Value is { } known ? $"{Number(known)} {result.Unit}" : "not measured";
        var baseline = result.BaselineValue is { } other ? $"{Number(other)} {result.Unit}" : "";
        var ratio = result.Ratio is { } times ? Number(times) + "×" : "";
        var range = result is { Low: { } low, High: { } high } ? $"{Number(low)}–{Number(high)}" : "";
        CommandConsole.Result($"{result.Name,-NameWidth}{value,ValueWidth}{baseline,ValueWidth}{ratio,14}  {Bar(result.Ratio)}  {range}".TrimEnd());
        Detail("beside", result.Baseline);
        Detail("wanted", result.Target);
        Detail("note", result.WallRatio is { } wall ? $"{result.Note}; by the wall {Number(wall)}×" : result.Note);
    }

    private static void Detail(string label, string? text)
    {
        if (text is not null)
        {
            CommandConsole.Result($"    {label}: {text}");
        }
    }

    private static string Bar(double? ratio)
    {
        var filled = ratio is > 0 and { } times ? (int)Math.Clamp(Math.Round(BarOfTen * Math.Log10(times)), 0, BarWidth) : 0;
        return new string('█', filled).PadRight(BarWidth, '·');
    }

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        0 => "0",
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
