using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class FollowedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SourcePosition? _position;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,body\n1,one\n2,tw", "o\n", "id,body\n")]
    [InlineData("{\"id\":1,\"body\":\"one\"}\n{\"id\":2,\"body\":\"tw", "o\"}\n", "")]
    public async Task Half_a_last_line_of_a_file_that_grows_is_not_taken_for_a_whole_one(string first, string rest, string header)
    {
        var path = Path.Combine(_folder.Path, header.Length > 0 ? "f.csv" : "f.ndjson");
        var source = Followed(path);
        await File.WriteAllTextAsync(path, first, TestContext.Current.CancellationToken);

        Assert.Equal(["1 one"], await ReadAsync(source));
        var mark = source.Look();
        await File.AppendAllTextAsync(path, rest, TestContext.Current.CancellationToken);

        Assert.NotEqual(mark, source.Look());
        Assert.Equal(["2 two"], await ReadAsync(source));
        Assert.Empty(await ReadAsync(source));
    }

    [Fact]
    public async Task A_last_line_without_its_end_is_read_once_when_the_file_stands_still()
    {
        var path = Path.Combine(_folder.Path, "f.csv");
        var source = Followed(path);
        await File.WriteAllTextAsync(path, "id,body\n1,one\n2,two", TestContext.Current.CancellationToken);
        var before = source.Look();

        Assert.Equal(["1 one"], await ReadAsync(source));
        Assert.NotEqual(before, source.Look());
        Assert.Equal(["2 two"], await ReadAsync(source));
        Assert.Empty(await ReadAsync(source));
        Assert.Equal(before, source.Look());
    }

    [Fact]
    public async Task Half_a_first_line_is_waited_for_too()
    {
        var path = Path.Combine(_folder.Path, "f.ndjson");
        var source = Followed(path);
        await File.WriteAllTextAsync(path, "{\"id\":1,", TestContext.Current.CancellationToken);

        Assert.Empty(await ReadAsync(source));
        await File.AppendAllTextAsync(path, "\"body\":\"one\"}\n", TestContext.Current.CancellationToken);
        Assert.Equal(["1 one"], await ReadAsync(source));
    }

    private static FileSource Followed(string path) => new(new FileSourceOptions { Name = "f", Path = path, Follow = true }, new FakeTimeProvider());

    private async Task<List<string>> ReadAsync(FileSource source)
    {
        var read = new List<string>();
        await foreach (var batch in source.ReadAsync(_position, TestContext.Current.CancellationToken))
        {
            _position = batch.Position;
            read.AddRange(batch.Comments.Select(comment => $"{comment.ExternalId} {comment.Body}"));
            read.AddRange(batch.DeadLetters.Select(letter => letter.Reason));
        }

        return read;
    }
}
