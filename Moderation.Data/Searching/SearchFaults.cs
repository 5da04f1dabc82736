using Microsoft.Data.Sqlite;

namespace Moderation.Data.Searching;

/// <summary>What SQLite's result codes mean for the index.</summary>
internal static class SearchFaults
{
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int NotADatabase = 26;

    /// <summary>
    /// The file does not hold what this program put there. The statements are constants, so an error in one of them
    /// ("no such table") says the same as a broken page.
    /// </summary>
    public static bool IsDamage(this SqliteException e) =>
        e.SqliteErrorCode is Error or Corrupt or Constraint or Mismatch or NotADatabase;

    /// <summary>A page of the file is broken. A reader goes by this alone: it may meet a file that is only just being made.</summary>
    public static bool IsCorruption(this SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>What is in the way, and what to do, in a sentence.</summary>
    public static string Describe(this SqliteException e) => e.SqliteErrorCode switch
    {
        Full => "the disk is full. Free some space; it goes on by itself.",
        Busy or Locked => "another program holds it locked. It goes on by itself when that one lets go.",
        ReadOnly => "it is read-only. Give the program the right to write to it.",
        CannotOpen => "it cannot be opened. Check that the data directory is there and can be written to.",
        _ => $"{e.Message.TrimEnd('.')} (code {e.SqliteExtendedErrorCode}).",
    };
}
