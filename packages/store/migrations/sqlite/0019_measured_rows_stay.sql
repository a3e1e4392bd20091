-- What a verdict stands on goes with its tenant and no other way: completed runs, verdicts of what completed, the cases
-- of published dataset versions. Versions that are being imported or removed have no content's hash.
CREATE TRIGGER "runs_completed_stay" BEFORE DELETE ON "runs"
WHEN OLD."status" = 'completed' AND EXISTS (SELECT 1 FROM "tenants" WHERE "id" = OLD."tenant_id")
BEGIN
	SELECT RAISE(ABORT, 'completed runs are never removed');
END;
--> statement-breakpoint
CREATE TRIGGER "verdicts_stay" BEFORE DELETE ON "verdicts"
WHEN EXISTS (SELECT 1 FROM "tenants" WHERE "id" = OLD."tenant_id")
BEGIN
	SELECT RAISE(ABORT, 'verdicts are never removed');
END;
--> statement-breakpoint
CREATE TRIGGER "cases_stay" BEFORE DELETE ON "cases"
WHEN EXISTS (SELECT 1 FROM "dataset_versions" WHERE "tenant_id" = OLD."tenant_id" AND "id" = OLD."dataset_version_id" AND "content_sha256" NOT IN ('', 'removed'))
	AND EXISTS (SELECT 1 FROM "tenants" WHERE "id" = OLD."tenant_id")
BEGIN
	SELECT RAISE(ABORT, 'cases of a published dataset version are never removed');
END;
