using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Moderation.Data.Schema;

/// <summary>Times are stored as integers: SQLite cannot compare them otherwise.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
