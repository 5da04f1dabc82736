using System.Text.Json;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>A column that a property's name stands for.</summary>
/// <param name="Rank">How well: 0 is best.</param>
internal readonly record struct PropertyColumn(CommentColumn Column, int Rank);

/// <summary>Remembers which columns the names of properties stand for, since all lines of a file use the same few names.</summary>
internal sealed class PropertyColumns(CommentFileOptions options)
{
    /// <summary>Most names that are remembered; a file may be made of ever new ones.</summary>
    private const int MostNames = 64;

    private readonly List<Known> _names = [];

    /// <summary>What the name at an index was last time: most lines have the same names in the same order.</summary>
    private readonly Known?[] _atIndex = new Known?[MostNames];

    /// <summary>The columns of the property whose name the reader stands on.</summary>
    /// <param name="index">How many properties of the object lie before it.</param>
    public PropertyColumn[] Find(ref Utf8JsonReader reader, int index)
    {
        var name = reader.ValueSpan;
        var expected = index < MostNames ? _atIndex[index] : null;
        if (expected is not null && name.SequenceEqual(expected.Name))
        {
            return expected.Columns;
        }

        var known = FindKnown(name);
        if (known is null)
        {
            known = new Known(name.ToArray(), Resolve(TextOf(ref reader)));
            if (_names.Count < MostNames)
            {
                _names.Add(known);
            }
        }

        if (index < MostNames)
        {
            _atIndex[index] = known;
        }

        return known.Columns;
    }

    private Known? FindKnown(ReadOnlySpan<byte> name)
    {
        foreach (var known in _names)
        {
            if (name.SequenceEqual(known.Name))
            {
                return known;
            }
        }

        return null;
    }

    private PropertyColumn[] Resolve(string name)
    {
        var columns = new List<PropertyColumn>();
        foreach (var column in ColumnNames.All)
        {
            var rank = options.NameFor(column) is { } given
                ? string.Equals(given, name, StringComparison.OrdinalIgnoreCase) ? 0 : -1
                : ColumnNames.Rank(column, name);
            if (rank >= 0)
            {
                columns.Add(new PropertyColumn(column, rank));
            }
        }

        return [.. columns];
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape of a lone surrogate: no column is called like that.
            return "";
        }
    }

    /// <param name="Name">As it is written, escapes included.</param>
    private sealed record Known(byte[] Name, PropertyColumn[] Columns);
}
