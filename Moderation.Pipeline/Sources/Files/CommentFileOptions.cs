namespace Moderation.Pipeline.Sources.Files;

/// <summary>How the columns of a file are called; names that are null are guessed.</summary>
public sealed record CommentFileOptions
{
    public string? BodyColumn { get; init; }

    public string? LabelColumn { get; init; }

    /// <summary>The rows are for training or evaluation: a file without a label column is refused.</summary>
    public bool LabelRequired { get; init; }

    /// <summary>The form, where the name does not tell it.</summary>
    public FileFormat? Format { get; init; }

    internal string? NameFor(CommentColumn column) => column switch
    {
        CommentColumn.Body => BodyColumn,
        CommentColumn.Label => LabelColumn,
        _ => null,
    };
}
