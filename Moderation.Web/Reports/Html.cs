using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Moderation.Web.Reports;

/// <summary>Makes elements whose text and attributes are escaped by construction: comments are hostile input.</summary>
internal static class Html
{
    // HTML and SVG elements that may close themselves; any other would swallow what follows it.
    private static readonly HashSet<string> _void = ["meta", "br", "col", "path", "line", "rect", "circle", "polyline"];

    /// <param name="content">Elements, texts, attributes, sequences of them, or null for nothing.</param>
    public static XElement El(string name, params object?[] content)
    {
        var element = new XElement(name);
        foreach (var part in content)
        {
            element.Add(part is string text ? Printable(text) : part);
        }

        if (!element.Nodes().Any() && !_void.Contains(name))
        {
            element.Add("");
        }

        return element;
    }

    public static XAttribute At(string name, string value) => new(name, Printable(value));

    public static XAttribute Class(string value) => new("class", value);

    /// <summary>A number as an SVG attribute: two decimals are far below a pixel.</summary>
    public static XAttribute At(string name, double value) => new(name, Shown.Coordinate(value));

    /// <summary>The same text without what XML cannot hold (control characters, halves of surrogate pairs).</summary>
    private static string Printable(string text)
    {
        try
        {
            return XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            var printable = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                printable.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
            }

            return printable.ToString();
        }
    }
}
