namespace Moderation.Pipeline.Sources.Files;

/// <summary>How the columns of a file are called; names that are null are guessed.</summary>
public sealed record CommentFileOptions
{
    public string? BodyColumn { get; init; }

    public string? LabelColumn { get; init; }

    /// <summary>The rows are for training or evaluation: a file without a label column is refused.</summary>
    public bool LabelRequired { get; init; }

    /// <summary>The form, whatever the name and the content say.</summary>
    public FileFormat? Format { get; init; }

    /// <summary>Where neither the name nor a "{" tells the form, each line is a text.</summary>
    public bool TextLines { get; init; }

    internal string? NameFor(CommentColumn column) => column switch
    {
        CommentColumn.Body => BodyColumn,
        CommentColumn.Label => LabelColumn,
        _ => null,
    };
}
