using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Web.Hosting;

public sealed partial class ServedAssetsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // Loaded by the page's own scripts rather than named in its markup.
    private static readonly string[] _modules = ["js/keys.js", "js/theme.js", "js/reconnect.js"];

    [Fact]
    public async Task Every_asset_that_a_page_names_is_served_by_the_built_program() => await ExpectAssetsAsync(server.Desk);

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_asset_that_a_page_names_is_served_by_the_published_program()
    {
        using var folder = new TemporaryFolder();
        var published = folder.File("published");
        await PublishAsync(published);

        // The caller stands elsewhere: nothing may hang on the current folder.
        Directory.CreateDirectory(folder.File("elsewhere"));
        await using var desk = await DeskProcess.ServeAsync(
            folder.File("elsewhere"), ["--Moderation:Sources:0:Type=api"], program: Path.Combine(published, "Moderation.Web.dll"));

        await ExpectAssetsAsync(desk);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("history")]
    [InlineData("css/desk.css")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("_framework/blazor.web.js")]
    [InlineData("api/v1/stats")]
    [InlineData("api/v1/nothing")]
    [InlineData("health/live")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_page_has_no_script_of_its_own_in_its_markup()
    {
        var page = await server.Client.GetStringAsync(new Uri("queue", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(InlineScript(), page);
    }

    private static async Task ExpectAssetsAsync(DeskProcess desk)
    {
        var page = await desk.Client.GetStringAsync(new Uri("queue", UriKind.Relative), TestContext.Current.CancellationToken);
        var named = Reference().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("_framework/blazor.web.js", named);
        Assert.Contains("_content/MudBlazor/MudBlazor.min.css", named);
        Assert.Contains("css/desk.css", named);
        foreach (var path in named.Concat(_modules))
        {
            using var response = await desk.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode}");
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain("html", response.Content.Headers.ContentType?.MediaType ?? "html", StringComparison.Ordinal);
        }
    }

    private static async Task PublishAsync(string folder)
    {
        // No build: the test run built it, and a second build would fight over its output.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "publish", Path.Combine(BuiltProgram.Repository, "Moderation.Web"), "--no-build", "--configuration", configuration,
                "--output", folder, "--nologo",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{await output}{await error}");
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+\\.(?:css|js|svg))\"")]
    private static partial Regex Reference();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
