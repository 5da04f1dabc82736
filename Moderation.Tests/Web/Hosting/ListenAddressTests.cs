using System.Net;

using Moderation.Web.Hosting;

namespace Moderation.Tests.Web.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "127.0.0.1", 5080)]
    [InlineData("http://LOCALHOST:1", "127.0.0.1", 1)]
    [InlineData("http://127.0.0.1:0", "127.0.0.1", 0)]
    [InlineData("http://127.8.9.10:80", "127.8.9.10", 80)]
    [InlineData("http://[::1]:5080/", "::1", 5080)]
    [InlineData("http://localhost", "127.0.0.1", 80)]
    public void An_address_of_this_machine_is_taken(string url, string address, int port)
    {
        var parsed = Assert.Single(ListenAddress.Parse(url));

        Assert.Equal((IPAddress.Parse(address), port), (parsed.Address, parsed.Port));
    }

    [Fact]
    public void Several_addresses_are_parted_by_semicolons() =>
        Assert.Equal([5080, 5081], ListenAddress.Parse(" http://localhost:5080; http://[::1]:5081 ;").Select(address => address.Port));

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://desk.example:5080")]
    [InlineData("http://localhost.evil.example:5080")]
    [InlineData("http://128.0.0.1:5080")]
    [InlineData("https://localhost:5080")]
    [InlineData("ftp://localhost")]
    [InlineData("5080")]
    public void Any_other_address_is_refused(string url) => Assert.Throws<ConfigurationException>(() => ListenAddress.Parse(url));
}
