using System.Net;

using Moderation.Tests.Support;

namespace Moderation.Tests.Faults;

/// <summary>What can happen to the file of the live model.</summary>
public sealed class ModelFaultTests
{
    [Fact]
    public async Task A_model_file_that_disappears_is_said_and_the_desk_scores_on_from_memory()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        var file = Path.Combine(folder.DataPath, "models", "v1.model");
        await using var desk = await DeskProcess.ServeAsync(folder.Path, FaultDesk.OnlyHttp);
        Assert.Equal((HttpStatusCode.OK, "healthy", "v1 is live"), await desk.ReadyAsync("model"));

        File.Move(file, folder.File("v1.model"));
        var (code, status, description) = await desk.ReadyAsync("model");
        await desk.PostUntilKeptAsync("meanwhile");

        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, status));
        Assert.Contains(file, description, StringComparison.Ordinal);

        File.Move(folder.File("v1.model"), file);
        Assert.Equal((HttpStatusCode.OK, "healthy", "v1 is live"), await desk.ReadyAsync("model"));
        Assert.Equal(["meanwhile"], await desk.StopAndReadAsync(folder.DataPath));
    }

    [Fact]
    public async Task A_start_without_the_model_file_says_so_and_goes_on_by_itself_when_it_is_back()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        var file = Path.Combine(folder.DataPath, "models", "v1.model");
        File.Move(file, folder.File("v1.model"));
        await using var desk = DeskProcess.Start(folder.Path, ["serve", "--urls", "http://127.0.0.1:0", .. FaultDesk.OnlyHttp]);
        await desk.WaitForAddressAsync();

        await Eventually.TrueAsync(
            async () => (await desk.ReadyAsync("model")).Description.Contains(file, StringComparison.Ordinal), "/health/ready names the file");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), ((await desk.ReadyAsync("model")).Code, (await desk.ReadyAsync("model")).Status));
        var waiting = desk.PostUntilKeptAsync("meanwhile");

        File.Move(folder.File("v1.model"), file);
        await waiting;
        Assert.Equal((HttpStatusCode.OK, "healthy", "v1 is live"), await desk.ReadyAsync("model"));
        Assert.Equal(["meanwhile"], await desk.StopAndReadAsync(folder.DataPath));
    }
}
