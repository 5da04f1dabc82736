using System.Text.RegularExpressions;

namespace Moderation.Tests.Architecture;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_relative_link_and_picture_leads_somewhere()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Moderation.sln")))
        {
            root = root.Parent!;
        }

        var pages = Directory.GetFiles(Path.Combine(root.FullName, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(root.FullName, "README.md"));
        var dead =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(page))
            let target = link.Groups[1].Value
            where !target.StartsWith("http", StringComparison.Ordinal) && !target.StartsWith('#')
            let path = Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{Path.GetRelativePath(root.FullName, page)}: {target}";

        Assert.Empty(dead);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
