-- What a verdict stands on goes with its tenant and no other way: completed runs, verdicts of what completed, the cases
-- of published dataset versions. Versions that are being imported or removed have no content's hash.
CREATE FUNCTION assay_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) THEN
		RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;
	END IF;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE FUNCTION assay_keep_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM dataset_versions WHERE tenant_id = OLD.tenant_id AND id = OLD.dataset_version_id AND content_sha256 NOT IN ('', 'removed'))
		AND EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) THEN
		RAISE EXCEPTION 'cases of a published dataset version are never removed';
	END IF;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER "runs_completed_stay" BEFORE DELETE ON "runs" FOR EACH ROW WHEN (OLD."status" = 'completed') EXECUTE FUNCTION assay_keep_row();
--> statement-breakpoint
CREATE TRIGGER "verdicts_stay" BEFORE DELETE ON "verdicts" FOR EACH ROW EXECUTE FUNCTION assay_keep_row();
--> statement-breakpoint
CREATE TRIGGER "cases_stay" BEFORE DELETE ON "cases" FOR EACH ROW EXECUTE FUNCTION assay_keep_case();
