using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderation.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelPromotions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Promotions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ModelId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: true),
                    PreviousId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Promotions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Promotions_Models_ModelId",
                        column: x => x.ModelId,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Promotions_Model",
                table: "Promotions",
                columns: new[] { "ModelId", "Id" });

            // What is known of the past: when each model last became live. The live one goes on top of the stack, the
            // others lie below it in the order of their times; who promoted them nobody wrote down.
            migrationBuilder.Sql(
                """
                INSERT INTO "Promotions" ("Id", "ModelId", "Kind", "At", "Actor", "PreviousId")
                SELECT "Number", "Id", 1, "At", NULL, NULLIF("Number" - 1, 0)
                FROM (
                    SELECT "Id", COALESCE("PromotedAt", "RegisteredAt") AS "At",
                        ROW_NUMBER() OVER (ORDER BY "State" = 1, "PromotedAt", "Id") AS "Number"
                    FROM "Models"
                    WHERE "PromotedAt" IS NOT NULL OR "State" = 1)
                ORDER BY "Number";
                """);

            // SQLite's own words: EF Core would copy the table, outside the transaction that makes an upgrade whole.
            migrationBuilder.Sql("""ALTER TABLE "Models" DROP COLUMN "PromotedAt";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PromotedAt",
                table: "Models",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "Models" SET "PromotedAt" =
                    (SELECT "At" FROM "Promotions" WHERE "ModelId" = "Models"."Id" ORDER BY "Id" DESC LIMIT 1);
                """);

            migrationBuilder.DropTable(
                name: "Promotions");
        }
    }
}
