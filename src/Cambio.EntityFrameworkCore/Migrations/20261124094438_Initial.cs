using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cambio.EntityFrameworkCore.Migrations;

/// <summary>The first schema.</summary>
[DbContext(typeof(CambioDbContext))]
[Migration("20261124094438_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "cambio_data_protection_keys",
            columns: table => new
            {
                id = table.Column<int>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                xml = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_data_protection_keys", x => x.id);
            });
        migrationBuilder.CreateTable(
            name: "cambio_replays",
            columns: table => new
            {
                key = table.Column<string>(type: "TEXT", nullable: false),
                expires_at = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_replays", x => x.key);
                table.CheckConstraint("CK_cambio_replays_key", "\"key\" <> ''");
            });
        migrationBuilder.CreateTable(
            name: "cambio_signing_keys",
            columns: table => new
            {
                id = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<int>(type: "INTEGER", nullable: false),
                algorithm = table.Column<string>(type: "TEXT", nullable: false),
                payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                created_at = table.Column<long>(type: "INTEGER", nullable: false),
                active_from = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_signing_keys", x => x.id);
                table.CheckConstraint("CK_cambio_signing_keys_id", "id <> ''");
            });
        migrationBuilder.CreateTable(
            name: "cambio_users",
            columns: table => new
            {
                id = table.Column<Guid>(type: "TEXT", nullable: false),
                preferred_username = table.Column<string>(type: "TEXT", nullable: true),
                normalized_username = table.Column<string>(type: "TEXT", nullable: true),
                name = table.Column<string>(type: "TEXT", nullable: true),
                given_name = table.Column<string>(type: "TEXT", nullable: true),
                family_name = table.Column<string>(type: "TEXT", nullable: true),
                email = table.Column<string>(type: "TEXT", nullable: true),
                normalized_email = table.Column<string>(type: "TEXT", nullable: true),
                email_verified = table.Column<bool>(type: "INTEGER", nullable: false),
                email_proven = table.Column<bool>(type: "INTEGER", nullable: false),
                picture = table.Column<string>(type: "TEXT", nullable: true),
                locale = table.Column<string>(type: "TEXT", nullable: true),
                profile = table.Column<string>(type: "TEXT", nullable: true),
                profile_source = table.Column<string>(type: "TEXT", nullable: true),
                edited = table.Column<string>(type: "TEXT", nullable: false),
                disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                created_at = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_users", x => x.id);
                table.CheckConstraint("CK_cambio_users_email", "email <> ''");
                table.CheckConstraint("CK_cambio_users_username", "preferred_username <> ''");
            });
        migrationBuilder.CreateTable(
            name: "cambio_logins",
            columns: table => new
            {
                provider = table.Column<string>(type: "TEXT", nullable: false, collation: "BINARY"),
                subject = table.Column<string>(type: "TEXT", nullable: false, collation: "BINARY"),
                user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                email = table.Column<string>(type: "TEXT", nullable: true),
                linked_at = table.Column<long>(type: "INTEGER", nullable: false),
                last_used_at = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_logins", x => new { x.provider, x.subject });
                table.CheckConstraint("CK_cambio_logins_provider", "provider <> ''");
                table.CheckConstraint("CK_cambio_logins_subject", "subject <> ''");
                table.ForeignKey(
                    name: "FK_cambio_logins_cambio_users_user_id",
                    column: x => x.user_id,
                    principalTable: "cambio_users",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "cambio_sessions",
            columns: table => new
            {
                id = table.Column<string>(type: "TEXT", nullable: false),
                user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                provider = table.Column<string>(type: "TEXT", nullable: false),
                created_at = table.Column<long>(type: "INTEGER", nullable: false),
                last_used_at = table.Column<long>(type: "INTEGER", nullable: false),
                expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                user_agent = table.Column<string>(type: "TEXT", nullable: true),
                address = table.Column<string>(type: "TEXT", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_sessions", x => x.id);
                table.CheckConstraint("CK_cambio_sessions_id", "id <> ''");
                table.CheckConstraint("CK_cambio_sessions_provider", "provider <> ''");
                table.ForeignKey(
                    name: "FK_cambio_sessions_cambio_users_user_id",
                    column: x => x.user_id,
                    principalTable: "cambio_users",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "cambio_provider_tokens",
            columns: table => new
            {
                provider = table.Column<string>(type: "TEXT", nullable: false),
                subject = table.Column<string>(type: "TEXT", nullable: false),
                user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                expires_at = table.Column<long>(type: "INTEGER", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_provider_tokens", x => new { x.provider, x.subject });
                table.ForeignKey(
                    name: "FK_cambio_provider_tokens_cambio_logins_provider_subject",
                    columns: x => new { x.provider, x.subject },
                    principalTable: "cambio_logins",
                    principalColumns: new[] { "provider", "subject" },
                    onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    name: "FK_cambio_provider_tokens_cambio_users_user_id",
                    column: x => x.user_id,
                    principalTable: "cambio_users",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            name: "cambio_refresh_tokens",
            columns: table => new
            {
                hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                session_id = table.Column<string>(type: "TEXT", nullable: false),
                parent = table.Column<byte[]>(type: "BLOB", nullable: true),
                created_at = table.Column<long>(type: "INTEGER", nullable: false),
                expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                used_at = table.Column<long>(type: "INTEGER", nullable: true),
                retried = table.Column<bool>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_cambio_refresh_tokens", x => x.hash);
                table.CheckConstraint("CK_cambio_refresh_tokens_hash", "length(hash) = 32");
                table.ForeignKey(
                    name: "FK_cambio_refresh_tokens_cambio_sessions_session_id",
                    column: x => x.session_id,
                    principalTable: "cambio_sessions",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex(name: "IX_cambio_logins_user_id", table: "cambio_logins", column: "user_id");
        migrationBuilder.CreateIndex(name: "IX_cambio_provider_tokens_user_id", table: "cambio_provider_tokens", column: "user_id");
        migrationBuilder.CreateIndex(name: "IX_cambio_refresh_tokens_expires_at", table: "cambio_refresh_tokens", column: "expires_at");
        migrationBuilder.CreateIndex(name: "IX_cambio_refresh_tokens_parent", table: "cambio_refresh_tokens", column: "parent");
        migrationBuilder.CreateIndex(name: "IX_cambio_refresh_tokens_session_id", table: "cambio_refresh_tokens", column: "session_id");
        migrationBuilder.CreateIndex(name: "IX_cambio_replays_expires_at", table: "cambio_replays", column: "expires_at");
        migrationBuilder.CreateIndex(name: "IX_cambio_sessions_expires_at", table: "cambio_sessions", column: "expires_at");
        migrationBuilder.CreateIndex(name: "IX_cambio_sessions_user_id", table: "cambio_sessions", column: "user_id");
        migrationBuilder.CreateIndex(name: "IX_cambio_signing_keys_sequence", table: "cambio_signing_keys", column: "sequence", unique: true);
        migrationBuilder.CreateIndex(name: "IX_cambio_users_email", table: "cambio_users", column: "normalized_email");
        migrationBuilder.CreateIndex(
            name: "IX_cambio_users_proven_email",
            table: "cambio_users", column: "normalized_email", unique: true, filter: "email_proven");
        migrationBuilder.CreateIndex(name: "IX_cambio_users_username", table: "cambio_users", column: "normalized_username", unique: true);
    }
}
