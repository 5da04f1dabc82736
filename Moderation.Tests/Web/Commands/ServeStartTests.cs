using System.Net;
using System.Net.Sockets;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class ServeStartTests
{
    [Fact]
    public async Task A_taken_port_is_one_sentence_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var sentence = (await DeskProcess.RunAsync(folder.Path, ["serve", "--urls", $"http://127.0.0.1:{port}"])).ExpectSentence(1);

        Assert.Contains($"http://127.0.0.1:{port} is taken", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("https://localhost:5443")]
    [InlineData("http://localhost:5080;http://[::]:5080")]
    [InlineData("localhost")]
    [InlineData(";")]
    public async Task An_address_that_is_not_this_machine_over_http_exits_2_before_anything_is_set_up(string url)
    {
        using var folder = new TemporaryFolder();

        (await DeskProcess.RunAsync(folder.Path, ["--urls", url])).ExpectSentence(2);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_second_server_on_one_data_directory_exits_1_and_the_first_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var first = DeskProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"]);
        await first.WaitForAddressAsync();

        var sentence = (await DeskProcess.RunAsync(folder.Path, ["serve", "--urls", "http://127.0.0.1:0"])).ExpectSentence(1);

        Assert.Contains(folder.File("data"), sentence, StringComparison.Ordinal);
        Assert.Contains("in use", sentence, StringComparison.Ordinal);
        using var live = await first.Client.GetAsync(new Uri("health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        (await first.StopAsync()).Expect(0);
    }
}
