using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderation.Data.Migrations
{
    /// <inheritdoc />
    public partial class EventTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DeadLetters_Source",
                table: "DeadLetters");

            migrationBuilder.AddColumn<bool>(
                name: "Paused",
                table: "Sources",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ReadBefore",
                table: "Sources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ClosedAt",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CommentId",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Cut",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Header",
                table: "DeadLetters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Number",
                table: "DeadLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "TextColumn",
                table: "DeadLetters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LateBy",
                table: "Comments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Topic = table.Column<int>(type: "INTEGER", nullable: false),
                    SubjectId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutboxReaders",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxReaders", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "SourceClocks",
                columns: table => new
                {
                    SourceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Greatest = table.Column<long>(type: "INTEGER", nullable: true),
                    Late = table.Column<long>(type: "INTEGER", nullable: false),
                    Clamped = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SourceClocks", x => x.SourceId);
                });

            migrationBuilder.CreateTable(
                name: "Spikes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CommunityId = table.Column<int>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: false),
                    Flagged = table.Column<long>(type: "INTEGER", nullable: false),
                    Expected = table.Column<double>(type: "REAL", nullable: false),
                    Deviation = table.Column<double>(type: "REAL", nullable: false),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DismissedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DismissedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Spikes", x => x.Id);
                });

            // Small rows that are found by their key alone: without a rowid they are stored once.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Windows" (
                    "CommunityId" INTEGER NOT NULL,
                    "Minutes" INTEGER NOT NULL,
                    "Start" INTEGER NOT NULL,
                    "SourceId" INTEGER NOT NULL,
                    "Count" INTEGER NOT NULL,
                    "Flagged" INTEGER NOT NULL,
                    "ScoreSum" REAL NOT NULL,
                    "Bin0" INTEGER NOT NULL,
                    "Bin1" INTEGER NOT NULL,
                    "Bin2" INTEGER NOT NULL,
                    "Bin3" INTEGER NOT NULL,
                    "Bin4" INTEGER NOT NULL,
                    "Bin5" INTEGER NOT NULL,
                    "Bin6" INTEGER NOT NULL,
                    "Bin7" INTEGER NOT NULL,
                    "Bin8" INTEGER NOT NULL,
                    "Bin9" INTEGER NOT NULL,
                    "Approved" INTEGER NOT NULL,
                    "Removed" INTEGER NOT NULL,
                    "Undone" INTEGER NOT NULL,
                    CONSTRAINT "PK_Windows" PRIMARY KEY ("CommunityId", "Minutes", "Start", "SourceId")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_Open",
                table: "DeadLetters",
                column: "Id",
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_Source",
                table: "DeadLetters",
                columns: new[] { "SourceId", "Id" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Late",
                table: "Comments",
                column: "Id",
                filter: "\"LateBy\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Spikes_Community",
                table: "Spikes",
                columns: new[] { "CommunityId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Spikes_Open",
                table: "Spikes",
                column: "Id",
                filter: "\"DismissedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "OutboxReaders");

            migrationBuilder.DropTable(
                name: "SourceClocks");

            migrationBuilder.DropTable(
                name: "Spikes");

            migrationBuilder.DropTable(
                name: "Windows");

            migrationBuilder.DropIndex(
                name: "IX_DeadLetters_Open",
                table: "DeadLetters");

            migrationBuilder.DropIndex(
                name: "IX_DeadLetters_Source",
                table: "DeadLetters");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Late",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Paused",
                table: "Sources");

            migrationBuilder.DropColumn(
                name: "ReadBefore",
                table: "Sources");

            migrationBuilder.DropColumn(
                name: "Attempts",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "ClosedAt",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "CommentId",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "Cut",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "Form",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "Header",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "TextColumn",
                table: "DeadLetters");

            migrationBuilder.DropColumn(
                name: "LateBy",
                table: "Comments");

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_Source",
                table: "DeadLetters",
                columns: new[] { "SourceId", "Id" });
        }
    }
}
