using System.Reflection;
using System.Text.RegularExpressions;

using Microsoft.EntityFrameworkCore;

using Moderation.Data;
using Moderation.Data.Schema;
using Moderation.Pipeline;

namespace Moderation.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly string _root = FindRoot();

    [Theory]
    [InlineData("Moderation.Data")]
    [InlineData("Moderation.Web")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Microsoft.AspNetCore")]
    public void The_pipeline_knows_no_database_and_no_web_page(string assembly) =>
        Assert.DoesNotContain(References(typeof(PipelineServiceCollectionExtensions)), name => name.StartsWith(assembly, StringComparison.Ordinal));

    [Theory]
    [InlineData("Moderation.Web")]
    [InlineData("Microsoft.AspNetCore")]
    public void The_data_project_knows_no_web_page(string assembly) =>
        Assert.DoesNotContain(References(typeof(DataServiceCollectionExtensions)), name => name.StartsWith(assembly, StringComparison.Ordinal));

    [Fact]
    public void Project_references_go_one_way()
    {
        Assert.Empty(ProjectReferences("Moderation.Pipeline"));
        Assert.Equal(["Moderation.Pipeline"], ProjectReferences("Moderation.Data"));
        Assert.Equal(["Moderation.Pipeline"], ProjectReferences("Moderation.Benchmarks"));
        Assert.Equal(["Moderation.Benchmarks", "Moderation.Data"], ProjectReferences("Moderation.Web"));
    }

    [Fact]
    public void The_program_carries_its_benchmarks_without_the_library_for_the_smallest_of_them()
    {
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Moderation.Benchmarks.dll")));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.dll")));
    }

    [Fact]
    public void Every_change_of_the_model_has_its_migration()
    {
        using var context = new DesignTimeContextFactory().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Only_the_writer_and_the_registry_change_the_database()
    {
        string[] allowed = [Path.Combine("Moderation.Data", "Writing"), Path.Combine("Moderation.Data", "Registry")];
        var sources = new[] { "Moderation.Data", "Moderation.Web" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(_root, project), "*.*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".razor")
            .Select(path => Path.GetRelativePath(_root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations"))
            .ToList();
        Assert.True(sources.Count > 20, "The sources were not found.");

        var writers = sources.Where(path => Writes().IsMatch(File.ReadAllText(Path.Combine(_root, path)))).ToList();

        Assert.NotEmpty(writers);
        Assert.All(writers, path => Assert.Contains(allowed, folder => path.StartsWith(folder, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\b(SaveChanges|ExecuteUpdate|ExecuteDelete|ExecuteSql(Raw|Interpolated)?)(Async)?\(")]
    private static partial Regex Writes();

    private static IEnumerable<string> References(Type type) =>
        type.Assembly.GetReferencedAssemblies().Select((AssemblyName name) => name.Name!);

    private static List<string> ProjectReferences(string project) =>
        [.. ProjectReference().Matches(File.ReadAllText(Path.Combine(_root, project, project + ".csproj"))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Moderation.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("There is no Moderation.sln above the tests.");
    }
}
