-- A version without a content hash is being imported; once it has one, it never changes.
DROP TRIGGER "dataset_versions_immutable";
--> statement-breakpoint
CREATE TRIGGER "dataset_versions_immutable" BEFORE UPDATE ON "dataset_versions" WHEN OLD."content_sha256" <> '' BEGIN
	SELECT RAISE(ABORT, 'rows of dataset_versions never change');
END;
