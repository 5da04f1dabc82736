namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>
/// Looks for the settings with the least log-loss out of fold: L2 is doubled or halved for as long as that helps, then
/// the contrasts beside the first are tried.
/// </summary>
/// <remarks>
/// Other settings replace the best only when they are better by more than one standard error of the paired difference
/// (after the one-standard-error rule of Breiman and others, 1984): the best of many by luck alone is no better on new texts.
/// </remarks>
/// <param name="logitsOf">Logits out of fold under some settings.</param>
/// <param name="lossesOf">The log-loss of each text once they are calibrated.</param>
internal sealed class SettingsSearch(Func<FitSettings, double[]> logitsOf, Func<double[], double[]> lossesOf)
{
    private const float SmallestL2 = 0.1f;
    private const float LargestL2 = 1000;

    private FitSettings _best;
    private double[] _logits = [];
    private double[]? _losses;

    public (FitSettings Settings, double[] Logits) From(FitSettings start)
    {
        Try(start);
        if (!Follow(2))
        {
            Follow(0.5f);
        }

        // More contrast trusts the counts of single words more, which takes more texts.
        if (!Try(_best with { Contrast = start.Contrast * 1.5 }))
        {
            Try(_best with { Contrast = start.Contrast / 2 });
        }

        return (_best, _logits);
    }

    /// <returns>Whether a step helped.</returns>
    private bool Follow(float factor)
    {
        var helped = false;
        while (_best.L2 * factor is >= SmallestL2 and <= LargestL2 && Try(_best with { L2 = _best.L2 * factor }))
        {
            helped = true;
        }

        return helped;
    }

    private bool Try(FitSettings settings)
    {
        var logits = logitsOf(settings);
        var losses = lossesOf(logits);
        if (_losses is not null && !IsBetter(losses, _losses))
        {
            return false;
        }

        (_best, _logits, _losses) = (settings, logits, losses);
        return true;
    }

    private static bool IsBetter(double[] losses, double[] others)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < losses.Length; i++)
        {
            var gain = others[i] - losses[i];
            sum += gain;
            squares += gain * gain;
        }

        var mean = sum / losses.Length;
        var error = Math.Sqrt(Math.Max(0, (squares / losses.Length) - (mean * mean)) / losses.Length);
        return mean > error;
    }
}
