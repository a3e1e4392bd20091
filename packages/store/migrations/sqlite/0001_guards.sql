-- The last wall behind the code: what must hold whoever writes, also by hand.
CREATE TRIGGER "adapter_versions_immutable" BEFORE UPDATE ON "adapter_versions" BEGIN
	SELECT RAISE(ABORT, 'rows of adapter_versions never change');
END;
--> statement-breakpoint
CREATE TRIGGER "prompt_versions_immutable" BEFORE UPDATE ON "prompt_versions" BEGIN
	SELECT RAISE(ABORT, 'rows of prompt_versions never change');
END;
--> statement-breakpoint
CREATE TRIGGER "dataset_versions_immutable" BEFORE UPDATE ON "dataset_versions" BEGIN
	SELECT RAISE(ABORT, 'rows of dataset_versions never change');
END;
--> statement-breakpoint
CREATE TRIGGER "cases_immutable" BEFORE UPDATE ON "cases" BEGIN
	SELECT RAISE(ABORT, 'rows of cases never change');
END;
--> statement-breakpoint
CREATE TRIGGER "suite_versions_immutable" BEFORE UPDATE ON "suite_versions" BEGIN
	SELECT RAISE(ABORT, 'rows of suite_versions never change');
END;
--> statement-breakpoint
CREATE TRIGGER "results_immutable" BEFORE UPDATE ON "results" BEGIN
	SELECT RAISE(ABORT, 'rows of results never change');
END;
--> statement-breakpoint
CREATE TRIGGER "verdicts_immutable" BEFORE UPDATE ON "verdicts" BEGIN
	SELECT RAISE(ABORT, 'rows of verdicts never change');
END;
--> statement-breakpoint
CREATE TRIGGER "label_moves_immutable" BEFORE UPDATE ON "label_moves" BEGIN
	SELECT RAISE(ABORT, 'rows of label_moves never change');
END;
--> statement-breakpoint
CREATE TRIGGER "audit_entries_immutable" BEFORE UPDATE ON "audit_entries" BEGIN
	SELECT RAISE(ABORT, 'rows of audit_entries never change');
END;
--> statement-breakpoint
CREATE TRIGGER "platform_audit_no_update" BEFORE UPDATE ON "platform_audit" BEGIN
	SELECT RAISE(ABORT, 'rows of platform_audit never change');
END;
--> statement-breakpoint
CREATE TRIGGER "platform_audit_no_delete" BEFORE DELETE ON "platform_audit" BEGIN
	SELECT RAISE(ABORT, 'rows of platform_audit never change');
END;
--> statement-breakpoint
-- The evidence of a finished run stands.
CREATE TRIGGER "runs_completed_immutable" BEFORE UPDATE ON "runs" WHEN OLD."status" = 'completed' BEGIN
	SELECT RAISE(ABORT, 'rows of runs never change once completed');
END;
--> statement-breakpoint
-- Audit entries leave with their tenant and no other way: when a removal reaches them, the tenant is gone already.
CREATE TRIGGER "audit_entries_kept" BEFORE DELETE ON "audit_entries" WHEN EXISTS (SELECT 1 FROM "tenants" WHERE "id" = OLD."tenant_id") BEGIN
	SELECT RAISE(ABORT, 'audit entries are never removed');
END;
--> statement-breakpoint
CREATE TRIGGER "verdicts_check" BEFORE INSERT ON "verdicts" WHEN NEW."outcome" = 'pass' AND NOT EXISTS (
	SELECT 1 FROM "runs"
	JOIN "suite_versions" of_run ON of_run."tenant_id" = "runs"."tenant_id" AND of_run."id" = "runs"."suite_version_id"
	JOIN "suite_versions" of_verdict ON of_verdict."tenant_id" = NEW."tenant_id" AND of_verdict."id" = NEW."suite_version_id"
	WHERE "runs"."tenant_id" = NEW."tenant_id" AND "runs"."id" = NEW."run_id" AND "runs"."status" = 'completed'
		AND "runs"."prompt_version_id" = NEW."prompt_version_id" AND "runs"."evidence_sha256" = NEW."evidence_sha256"
		AND of_run."suite_id" = of_verdict."suite_id"
) BEGIN
	SELECT RAISE(ABORT, 'guard: a verdict passes on a completed run of its version, suite and evidence only');
END;
--> statement-breakpoint
CREATE TRIGGER "label_moves_check_prompt" BEFORE INSERT ON "label_moves" WHEN NOT EXISTS (
	SELECT 1 FROM "prompt_versions" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."to_version_id" AND "prompt_id" = NEW."prompt_id"
) BEGIN
	SELECT RAISE(ABORT, 'guard: a label moves to a version of its own prompt only');
END;
--> statement-breakpoint
-- Held in its own right: an override lends a label to a version for a while and proves nothing about it.
CREATE TRIGGER "label_moves_check_kind" BEFORE INSERT ON "label_moves" WHEN NOT CASE NEW."kind"
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."label")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = NEW."verdict_id" AND v."outcome" = 'pass'
			AND v."prompt_version_id" = NEW."to_version_id" AND v."label" = NEW."label"
	)
	WHEN 'override' THEN coalesce(NEW."reason", '') <> '' AND coalesce(NEW."expires_at" > NEW."created_at", false)
	WHEN 'rollback' THEN EXISTS (
		SELECT 1 FROM "label_moves" earlier
		WHERE earlier."tenant_id" = NEW."tenant_id" AND earlier."prompt_id" = NEW."prompt_id" AND earlier."label" = NEW."label"
			AND earlier."to_version_id" = NEW."to_version_id" AND earlier."kind" IN ('gate', 'unprotected', 'rollback') AND earlier."id" <> NEW."id"
	)
	ELSE false
END BEGIN
	SELECT RAISE(ABORT, 'guard: a label moves without a gate, by a passing verdict, by a reasoned override or back to a version that held it');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_move_on_insert" BEFORE INSERT ON "labels" WHEN NOT EXISTS (
	SELECT 1 FROM "label_moves"
	WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name" AND "to_version_id" = NEW."version_id"
) BEGIN
	SELECT RAISE(ABORT, 'guard: a label stands where its move brought it');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_expiry_on_insert" BEFORE INSERT ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'override' THEN NEW."expires_at" IS (SELECT "expires_at" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
		AND (NEW."fallback_version_id" IS NULL OR EXISTS (
		SELECT 1 FROM "label_moves" earlier
		WHERE earlier."tenant_id" = NEW."tenant_id" AND earlier."prompt_id" = NEW."prompt_id" AND earlier."label" = NEW."name"
			AND earlier."to_version_id" = NEW."fallback_version_id" AND earlier."kind" IN ('gate', 'unprotected', 'rollback') AND earlier."id" <> NEW."move_id"
	))
	ELSE NEW."expires_at" IS NULL AND NEW."fallback_version_id" IS NULL
END BEGIN
	SELECT RAISE(ABORT, 'guard: an override, and nothing else, expires as its move says and falls back to a version that held the label in its own right');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_gate_on_insert" BEFORE INSERT ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = (SELECT "verdict_id" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id") AND v."outcome" = 'pass'
			AND v."prompt_version_id" = NEW."version_id" AND v."label" = NEW."name"
	)
	ELSE true
END BEGIN
	SELECT RAISE(ABORT, 'guard: a label with a gate moves by a passing verdict of that gate');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_move_on_update" BEFORE UPDATE OF "tenant_id", "prompt_id", "name", "version_id", "move_id", "expires_at", "fallback_version_id" ON "labels" WHEN NOT EXISTS (
	SELECT 1 FROM "label_moves"
	WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name" AND "to_version_id" = NEW."version_id"
) BEGIN
	SELECT RAISE(ABORT, 'guard: a label stands where its move brought it');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_expiry_on_update" BEFORE UPDATE OF "tenant_id", "prompt_id", "name", "version_id", "move_id", "expires_at", "fallback_version_id" ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'override' THEN NEW."expires_at" IS (SELECT "expires_at" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
		AND (NEW."fallback_version_id" IS NULL OR EXISTS (
		SELECT 1 FROM "label_moves" earlier
		WHERE earlier."tenant_id" = NEW."tenant_id" AND earlier."prompt_id" = NEW."prompt_id" AND earlier."label" = NEW."name"
			AND earlier."to_version_id" = NEW."fallback_version_id" AND earlier."kind" IN ('gate', 'unprotected', 'rollback') AND earlier."id" <> NEW."move_id"
	))
	ELSE NEW."expires_at" IS NULL AND NEW."fallback_version_id" IS NULL
END BEGIN
	SELECT RAISE(ABORT, 'guard: an override, and nothing else, expires as its move says and falls back to a version that held the label in its own right');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_gate_on_update" BEFORE UPDATE OF "tenant_id", "prompt_id", "name", "version_id", "move_id", "expires_at", "fallback_version_id" ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = (SELECT "verdict_id" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id") AND v."outcome" = 'pass'
			AND v."prompt_version_id" = NEW."version_id" AND v."label" = NEW."name"
	)
	ELSE true
END BEGIN
	SELECT RAISE(ABORT, 'guard: a label with a gate moves by a passing verdict of that gate');
END;
