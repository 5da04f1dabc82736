using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Api;

/// <summary>A server without a source of its own, for tests that each post under a source of their own name.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public DeskProcess Desk { get; private set; } = null!;

    public HttpClient Client => Desk.Client;

    public async ValueTask InitializeAsync() => Desk = await DeskProcess.ServeAsync(Folder, ["--Moderation:Sources:0:Type=api"]);

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        _folder.Dispose();
    }
}
