using System.ComponentModel.DataAnnotations;

namespace Moderation.Pipeline.Windows;

/// <summary>
/// How comments are gathered into windows of event time. Windows are half-open, <c>[start, end)</c>, on whole
/// milliseconds, and begin at multiples of <see cref="Slide"/> counted from the epoch.
/// </summary>
public sealed record WindowOptions : IValidatableObject
{
    /// <summary>Most windows that one comment may be in: a day, once a minute.</summary>
    public const int MaxOverlap = 1440;

    private static readonly TimeSpan MaxSpan = TimeSpan.FromDays(366);

    /// <summary>Length of a window; a multiple of <see cref="Slide"/>.</summary>
    public TimeSpan Size { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the beginning of one window to that of the next; equal to <see cref="Size"/> the windows are tumbling.</summary>
    public TimeSpan Slide { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far behind the newest comment another may come without holding anything up: a window fires that much later.</summary>
    public TimeSpan OutOfOrderness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long behind its firing a window still takes comments and fires again with the corrected value.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far behind the newest event time a window still takes comments: <see cref="OutOfOrderness"/> plus <see cref="Lateness"/>.</summary>
    public TimeSpan Grace => OutOfOrderness + Lateness;

    /// <summary>Windows that a comment is in.</summary>
    public int Overlap => (int)(Size / Slide);

    /// <exception cref="ArgumentException">With what is wrong first.</exception>
    public void ThrowIfInvalid()
    {
        if (Problems().FirstOrDefault() is { } problem)
        {
            throw new ArgumentException(problem.ErrorMessage);
        }
    }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) => Problems();

    private IEnumerable<ValidationResult> Problems()
    {
        foreach (var (name, value) in new[] { (nameof(Size), Size), (nameof(Slide), Slide), (nameof(OutOfOrderness), OutOfOrderness), (nameof(Lateness), Lateness) })
        {
            if (value.Ticks % TimeSpan.TicksPerMillisecond != 0)
            {
                yield return new ValidationResult($"{name} is {value}; it has to be whole milliseconds.", [name]);
            }

            if (value > MaxSpan || value < TimeSpan.Zero)
            {
                yield return new ValidationResult($"{name} is {value}; it has to be between 0 and {MaxSpan.Days} days.", [name]);
            }
        }

        if (Slide <= TimeSpan.Zero)
        {
            yield return new ValidationResult($"Slide is {Slide}; it has to be more than 0.", [nameof(Slide)]);
        }
        else if (Size < Slide || Size.Ticks % Slide.Ticks != 0)
        {
            yield return new ValidationResult($"Size is {Size} and Slide is {Slide}; Size has to be a multiple of Slide.", [nameof(Size), nameof(Slide)]);
        }
        else if (Size / Slide > MaxOverlap)
        {
            yield return new ValidationResult($"Size is {Size} and Slide is {Slide}; Size can be at most {MaxOverlap} times Slide.", [nameof(Size), nameof(Slide)]);
        }
    }
}
