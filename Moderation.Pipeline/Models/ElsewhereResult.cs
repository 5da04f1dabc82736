namespace Moderation.Pipeline.Models;

/// <summary>How right a model is on a data set that had no part in its training.</summary>
/// <param name="Data">Name of the data set.</param>
/// <param name="Fingerprint">Of its rows, as in <see cref="ModelCard.DataFingerprint"/>.</param>
/// <param name="Rows">Rows measured.</param>
/// <param name="RocAuc">With its 95% interval.</param>
public sealed record ElsewhereResult(string Data, string Fingerprint, int Rows, double RocAuc, Evaluation.Interval RocAucInterval);
