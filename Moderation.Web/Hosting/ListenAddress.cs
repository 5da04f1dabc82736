using System.Net;

namespace Moderation.Web.Hosting;

/// <summary>Where the dashboard listens. Until accounts exist that is this machine only.</summary>
internal sealed record ListenAddress(string Host, int Port)
{
    public const string Default = "http://localhost:5080";

    public bool IsLocalhost => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase);

    public IPAddress Address => IsLocalhost ? IPAddress.Loopback : IPAddress.Parse(Host.Trim('[', ']'));

    /// <summary>Reads addresses parted by ";".</summary>
    /// <exception cref="ConfigurationException">One of them is no loopback HTTP address.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).ToList();
        return addresses.Count > 0
            ? addresses
            : throw new ConfigurationException($"'{urls}' is no address to listen on; one looks like {Default}.");
    }

    private static ListenAddress ParseOne(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ConfigurationException($"'{url}' is no address to listen on; one looks like {Default}.");
        }

        if (uri.Scheme == "https")
        {
            throw new ConfigurationException($"'{url}' asks for HTTPS, which comes with accounts in a later version; use http on localhost.");
        }

        var isLoopback = string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isLoopback
            ? new ListenAddress(uri.Host, uri.Port)
            : throw new ConfigurationException(
                $"'{url}' can be reached from other machines, and this version has no accounts yet: whoever reaches the desk can decide. Listen on localhost, for example {Default}.");
    }
}
