-- A version without a content hash is being imported; once it has one, it never changes.
DROP TRIGGER "dataset_versions_immutable" ON "dataset_versions";
--> statement-breakpoint
CREATE TRIGGER "dataset_versions_immutable" BEFORE UPDATE ON "dataset_versions" FOR EACH ROW WHEN (OLD."content_sha256" <> '') EXECUTE FUNCTION assay_refuse_change();
