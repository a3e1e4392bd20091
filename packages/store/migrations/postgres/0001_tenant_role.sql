-- The role that every tenant's transaction runs under. It owns nothing, so the policies bind it. The owner of the
-- tables is the platform itself, which must see every tenant's rows (whose key is this, whose job is next); FORCE ROW
-- LEVEL SECURITY would blind it, so it is not used.
DO $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'assay_tenant') THEN
		CREATE ROLE assay_tenant NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
	END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
	NULL; -- Roles belong to the whole server: another database of it made this one at the same moment.
END $$;
--> statement-breakpoint
DO $$
BEGIN
	-- Who creates a role may administer it, but since version 16 may not become it without being told so.
	IF NOT pg_has_role(current_user, 'assay_tenant', CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
		EXECUTE format('GRANT assay_tenant TO %I', current_user);
	END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO assay_tenant;
--> statement-breakpoint
-- Named one by one, and no default privileges for tables to come: a table that nobody thought of stays shut.
GRANT SELECT, INSERT, UPDATE, DELETE ON
	"keys", "idempotency_keys", "traces", "connections", "models", "adapters", "adapter_versions", "prompts",
	"prompt_versions", "datasets", "dataset_versions", "cases", "suites", "suite_versions", "runs", "results", "jobs",
	"gates", "verdicts", "label_moves", "labels"
TO assay_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT ON "audit_entries" TO assay_tenant;
--> statement-breakpoint
GRANT SELECT ON "tenants", "shared_models" TO assay_tenant;
