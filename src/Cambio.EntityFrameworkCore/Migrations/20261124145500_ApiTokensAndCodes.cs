using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cambio.EntityFrameworkCore.Migrations;

/// <summary>API tokens, one-time codes, and what sessions, users and signing keys say since then.</summary>
[DbContext(typeof(CambioDbContext))]
[Migration("20261124145500_ApiTokensAndCodes")]
internal sealed class ApiTokensAndCodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "accepted_terms", table: "cambio_users", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>(name: "retired_at", table: "cambio_signing_keys", type: "INTEGER", nullable: true);
        migrationBuilder.AddColumn<string>(name: "client_id", table: "cambio_sessions", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>(name: "provider_session_id", table: "cambio_sessions", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>(name: "subject", table: "cambio_sessions", type: "TEXT", nullable: true);
        migrationBuilder.CreateTable(
            name: "cambio_api_tokens",
            columns: table => new
            {
                hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                session_id = table.Column<string>(type: "TEXT", nullable: false),
                payload = table.Column<byte[]>(type: "BLOB", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_api_tokens", x => x.hash);
                table.CheckConstraint("CK_cambio_api_tokens_hash", "length(hash) = 32");
                table.ForeignKey(
                    name: "FK_cambio_api_tokens_cambio_sessions_session_id",
                    column: x => x.session_id,
                    principalTable: "cambio_sessions",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    name: "FK_cambio_api_tokens_cambio_users_user_id",
                    column: x => x.user_id,
                    principalTable: "cambio_users",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "cambio_one_time_codes",
            columns: table => new
            {
                hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                purpose = table.Column<string>(type: "TEXT", nullable: false),
                payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                spent_at = table.Column<long>(type: "INTEGER", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_one_time_codes", x => x.hash);
                table.CheckConstraint("CK_cambio_one_time_codes_hash", "length(hash) = 32");
                table.CheckConstraint("CK_cambio_one_time_codes_purpose", "purpose <> ''");
            });
        migrationBuilder.CreateIndex(name: "IX_cambio_api_tokens_session_id", table: "cambio_api_tokens", column: "session_id", unique: true);
        migrationBuilder.CreateIndex(name: "IX_cambio_api_tokens_user_id", table: "cambio_api_tokens", column: "user_id", unique: true);
        migrationBuilder.CreateIndex(name: "IX_cambio_one_time_codes_expires_at", table: "cambio_one_time_codes", column: "expires_at");
        migrationBuilder.CreateIndex(
            name: "IX_cambio_sessions_ended_at",
            table: "cambio_sessions", column: "ended_at", filter: "ended_at IS NOT NULL");
        migrationBuilder.CreateIndex(
            name: "IX_cambio_sessions_provider_provider_session_id",
            table: "cambio_sessions", columns: ["provider", "provider_session_id"], filter: "provider_session_id IS NOT NULL");
        migrationBuilder.CreateIndex(
            name: "IX_cambio_sessions_provider_subject", table: "cambio_sessions", columns: ["provider", "subject"]);
    }
}
