using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Moderation.Data.Schema;

/// <summary>Lets <c>dotnet ef migrations add</c> make a context; never used by the program.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<ModerationDbContext>
{
    public ModerationDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ModerationDbContext>().UseSqlite("Data Source=design.db").Options);
}
