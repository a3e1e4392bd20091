ALTER TABLE `change_requests` ADD `approved_move_id` text;--> statement-breakpoint
ALTER TABLE `change_requests` ADD `approved_run_id` text;--> statement-breakpoint
ALTER TABLE `change_requests` ADD `approved_suite_version_id` text;--> statement-breakpoint
ALTER TABLE `gates` ADD `approval` text;--> statement-breakpoint
CREATE INDEX `audit_entries_object` ON `audit_entries` (`tenant_id`,`object`,`id`);
--> statement-breakpoint
-- A part of the dataset is never evidence.
CREATE TRIGGER "label_moves_check_whole" BEFORE INSERT ON "label_moves" WHEN NEW."kind" = 'gate' AND EXISTS (
	SELECT 1 FROM "verdicts" v
	JOIN "runs" r ON r."tenant_id" = v."tenant_id" AND r."id" = v."run_id"
	WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = NEW."verdict_id" AND r."selection" IS NOT NULL
) BEGIN
	SELECT RAISE(ABORT, 'guard: a label moves on a run of the whole dataset only');
END;
--> statement-breakpoint
-- Approved: for this very version, on this very run and policy, and while the label stood where it stands now.
CREATE TRIGGER "label_moves_check_approval" BEFORE INSERT ON "label_moves" WHEN NEW."kind" = 'gate' AND EXISTS (
	SELECT 1 FROM "gates" g
	WHERE g."tenant_id" = NEW."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = NEW."label"
		AND g."approval" IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM "change_requests" c
			JOIN "verdicts" v ON v."tenant_id" = c."tenant_id" AND v."id" = NEW."verdict_id" AND v."run_id" = c."approved_run_id"
			JOIN "prompt_versions" p ON p."tenant_id" = c."tenant_id" AND p."id" = c."to_version_id"
			WHERE c."tenant_id" = NEW."tenant_id" AND c."prompt_id" = NEW."prompt_id" AND c."label" = NEW."label"
				AND c."to_version_id" = NEW."to_version_id" AND c."status" = 'approved'
				AND c."approved_suite_version_id" = g."suite_version_id"
				AND c."approved_move_id" IS (
					SELECT "move_id" FROM "labels" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "name" = NEW."label"
				)
				AND (g."approval" = 'anyone' OR (c."decided_by" <> c."proposed_by" AND c."decided_by" IS NOT p."created_by"))
		)
) BEGIN
	SELECT RAISE(ABORT, 'guard: a label whose gate asks for approval moves by an approved change request only');
END;
--> statement-breakpoint
CREATE TRIGGER "change_requests_check_new" BEFORE INSERT ON "change_requests" WHEN NEW."status" <> 'open' OR NEW."decided_by" IS NOT NULL OR NEW."move_id" IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'guard: a change request begins open');
END;
--> statement-breakpoint
CREATE TRIGGER "change_requests_immutable" BEFORE UPDATE ON "change_requests" WHEN OLD."status" IN ('rejected', 'withdrawn', 'carried_out')
	OR NEW."tenant_id" <> OLD."tenant_id" OR NEW."id" <> OLD."id" OR NEW."prompt_id" <> OLD."prompt_id" OR NEW."label" <> OLD."label"
	OR NEW."from_version_id" IS NOT OLD."from_version_id" OR NEW."to_version_id" <> OLD."to_version_id" OR NEW."title" <> OLD."title"
	OR NEW."description" <> OLD."description" OR NEW."proposed_by" <> OLD."proposed_by" OR NEW."created_at" <> OLD."created_at" BEGIN
	SELECT RAISE(ABORT, 'what a change request proposes and how it ended never change');
END;
--> statement-breakpoint
CREATE TRIGGER "change_requests_check_end" BEFORE UPDATE ON "change_requests" WHEN NOT CASE NEW."status"
	WHEN 'carried_out' THEN OLD."status" = 'approved' AND EXISTS (
		SELECT 1 FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id" AND "prompt_id" = NEW."prompt_id"
			AND "label" = NEW."label" AND "to_version_id" = NEW."to_version_id" AND "kind" IN ('gate', 'unprotected')
	)
	WHEN 'approved' THEN NEW."decided_by" IS NOT NULL AND NEW."move_id" IS NULL
	WHEN 'rejected' THEN NEW."decided_by" IS NOT NULL AND NEW."move_id" IS NULL
	ELSE NEW."move_id" IS NULL
END BEGIN
	SELECT RAISE(ABORT, 'guard: a change request is decided by somebody and carried out by its own move');
END;
