namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>
/// Looks for the settings with the least log-loss out of fold: L2 is doubled or halved for as long as that helps, then
/// the contrasts beside the first are tried.
/// </summary>
/// <param name="logitsOf">Logits out of fold under some settings.</param>
/// <param name="lossOf">Their log-loss once calibrated.</param>
internal sealed class SettingsSearch(Func<FitSettings, double[]> logitsOf, Func<double[], double> lossOf)
{
    private const float SmallestL2 = 0.1f;
    private const float LargestL2 = 1000;

    private FitSettings _best;
    private double[] _logits = [];
    private double _loss = double.PositiveInfinity;

    public (FitSettings Settings, double[] Logits) From(FitSettings start)
    {
        Try(start);
        if (!Follow(2))
        {
            Follow(0.5f);
        }

        // More contrast trusts the counts of single words more, which takes more texts.
        if (!Try(_best with { Contrast = start.Contrast / 2 }))
        {
            Try(_best with { Contrast = start.Contrast * 1.5 });
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
        var loss = lossOf(logits);
        if (!(loss < _loss))
        {
            return false;
        }

        (_best, _logits, _loss) = (settings, logits, loss);
        return true;
    }
}
