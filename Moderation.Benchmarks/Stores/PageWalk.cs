using System.Buffers.Binary;

namespace Moderation.Benchmarks.Stores;

/// <summary>
/// Counts the pages of a b-tree in a database file, those that long rows overflow to included. The SQLite that
/// Microsoft.Data.Sqlite brings is built without its own table of such figures (dbstat).
/// </summary>
/// <remarks>The format is described at https://www.sqlite.org/fileformat2.html, chapters 1.3, 1.5 and 1.6.</remarks>
internal sealed class PageWalk : IDisposable
{
    private const int FileHeader = 100;
    private const byte InteriorIndex = 2;
    private const byte InteriorTable = 5;
    private const byte LeafIndex = 10;
    private const byte LeafTable = 13;

    private readonly FileStream _file;

    /// <summary>Bytes of a page that hold content.</summary>
    private readonly int _usable;

    public PageWalk(string path)
    {
        _file = File.OpenRead(path);
        var header = new byte[FileHeader];
        _file.ReadExactly(header);
        var size = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        PageSize = size == 1 ? 65_536 : size;
        _usable = PageSize - header[20];
    }

    public int PageSize { get; }

    public void Dispose() => _file.Dispose();

    /// <summary>How many pages a table or an index takes.</summary>
    /// <param name="root">Its first page, counted from 1, as <c>sqlite_master</c> says.</param>
    public long Count(long root)
    {
        var page = new byte[PageSize];
        var pages = 0L;
        var open = new Stack<long>([root]);
        while (open.TryPop(out var number))
        {
            RandomAccess.Read(_file.SafeFileHandle, page, (number - 1) * PageSize);
            pages += 1 + Visit(page, number == 1 ? FileHeader : 0, open);
        }

        return pages;
    }

    /// <returns>Pages that the rows of this one overflow to.</returns>
    private long Visit(ReadOnlySpan<byte> page, int start, Stack<long> open)
    {
        var kind = page[start];
        var interior = kind is InteriorIndex or InteriorTable;
        var cells = BinaryPrimitives.ReadUInt16BigEndian(page[(start + 3)..]);
        var pointers = start + (interior ? 12 : 8);
        var overflow = 0L;
        for (var cell = 0; cell < cells; cell++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(page[(pointers + (2 * cell))..]);
            if (interior)
            {
                open.Push(BinaryPrimitives.ReadUInt32BigEndian(page[at..]));
                at += sizeof(uint);
            }

            if (kind != InteriorTable)
            {
                overflow += Overflow(ReadLength(page[at..]), kind);
            }
        }

        if (interior)
        {
            open.Push(BinaryPrimitives.ReadUInt32BigEndian(page[(start + 8)..]));
        }

        return kind is InteriorIndex or InteriorTable or LeafIndex or LeafTable
            ? overflow
            : throw new BenchException($"The database has a page that is neither a table's nor an index's (kind {kind}).");
    }

    private long Overflow(long payload, byte kind)
    {
        var most = kind == LeafTable ? _usable - 35 : ((_usable - 12) * 64 / 255) - 23;
        if (payload <= most)
        {
            return 0;
        }

        var least = ((_usable - 12) * 32 / 255) - 23;
        var kept = least + ((payload - least) % (_usable - 4));
        return (payload - (kept <= most ? kept : least) + _usable - 5) / (_usable - 4);
    }

    /// <summary>A whole number of seven bits a byte, the greatest first.</summary>
    private static long ReadLength(ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        foreach (var part in bytes)
        {
            value = (value << 7) | (uint)(part & 0x7F);
            if (part < 0x80)
            {
                break;
            }
        }

        return value;
    }
}
