namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>The ten equal-width bins over which calibration is measured.</summary>
internal static class CalibrationScale
{
    public const int Bins = 10;

    /// <summary>The bin of a probability; 1 is in the last.</summary>
    public static int BinOf(double probability, int bins = Bins) => Math.Clamp((int)(probability * bins), 0, bins - 1);
}
