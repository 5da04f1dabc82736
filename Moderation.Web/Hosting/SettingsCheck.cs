using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

using Moderation.Data.Writing;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Windows.Spikes;
using Moderation.Pipeline;

namespace Moderation.Web.Hosting;

/// <summary>Refuses settings that nobody reads and values that do not fit, before anything else happens.</summary>
internal static class SettingsCheck
{
    private const string Root = "Moderation";

    private static readonly Dictionary<string, string> _later = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Database"] = "another database than SQLite",
        ["Broker"] = "a message broker",
        ["Roles"] = "more than one machine",
        ["Retention"] = "retention",
    };

    /// <summary>Every key that is read, with the property that it fills. A list's entries stand as "0".</summary>
    public static IReadOnlyDictionary<string, PropertyInfo?> Known { get; } = Collect();

    /// <exception cref="ConfigurationException">A setting is unknown or its value does not fit.</exception>
    public static void Run(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            throw new ConfigurationException("Kestrel:Endpoints is set, and it would open addresses that --urls does not know of. Remove it and use --urls.");
        }

        foreach (var leaf in Leaves(configuration.GetSection(Root)))
        {
            var pattern = string.Join(':', leaf.Path.Split(':').Select(part => int.TryParse(part, out _) ? "0" : part));
            if (!Known.TryGetValue(pattern, out var property))
            {
                throw new ConfigurationException(DescribeUnknown(leaf.Path));
            }

            if (property is not null)
            {
                CheckValue(leaf.Path, leaf.Value ?? "", property);
            }
        }
    }

    private static Dictionary<string, PropertyInfo?> Collect()
    {
        var known = new Dictionary<string, PropertyInfo?>(StringComparer.OrdinalIgnoreCase)
        {
            [$"{Root}:DataDirectory"] = null,
            [$"{Root}:Setup:AdminPassword"] = null,
        };
        Add(PipelineOptions.Section, typeof(PipelineOptions));
        Add(ThresholdOptions.Section, typeof(ThresholdOptions));
        Add(PipelineServiceCollectionExtensions.SpikesSection, typeof(SpikeOptions));
        Add(StorageOptions.Section, typeof(StorageOptions));
        Add($"{Root}:Sources:0", typeof(SourceOptions));
        return known;

        void Add(string section, Type options)
        {
            foreach (var property in options.GetProperties().Where(property => property.CanWrite))
            {
                known[$"{section}:{property.Name}"] = property;
            }
        }
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            return section.Value is null ? [] : [section];
        }

        return children.SelectMany(Leaves);
    }

    private static string DescribeUnknown(string path)
    {
        var section = path.Split(':') is [_, var name, ..] ? name : "";
        if (_later.TryGetValue(section, out var what))
        {
            return $"{path} is set, but this version does not know {what} yet. Remove the setting.";
        }

        var close = Known.Keys
            .Select(key => key.Replace(":0:", ":N:", StringComparison.Ordinal))
            .Where(key => section.Length > 0 && key.StartsWith($"{Root}:{section}", StringComparison.OrdinalIgnoreCase))
            .ToList();
        var allowed = close.Count > 0 ? close : [.. Known.Keys.Select(key => key.Replace(":0:", ":N:", StringComparison.Ordinal))];
        return $"{path} is no setting of this program. There are: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.";
    }

    private static void CheckValue(string path, string value, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string))
        {
            return;
        }

        var range = property.GetCustomAttribute<RangeAttribute>();
        object? parsed;
        try
        {
            parsed = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            parsed = null;
        }

        if (parsed is null || (type.IsEnum && !Enum.IsDefined(type, parsed)) || range?.IsValid(parsed) == false)
        {
            throw new ConfigurationException($"{path} is '{value}'; {Allowed(type, range)} is allowed.");
        }
    }

    private static string Allowed(Type type, RangeAttribute? range)
    {
        var kind = type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
            : type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : "a number";
        return range is null ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind} from {range.Minimum:N0} to {range.Maximum:N0}");
    }
}
