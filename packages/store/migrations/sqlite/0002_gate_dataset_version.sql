-- A gate asks for the cases of one dataset version. The triggers that read gates are made anew with it.
DROP TRIGGER "label_moves_check_kind";
--> statement-breakpoint
DROP TRIGGER "labels_check_gate_on_insert";
--> statement-breakpoint
DROP TRIGGER "labels_check_gate_on_update";
--> statement-breakpoint
-- A gate whose dataset had no version gets an empty one, on which nothing can be proven: an unset gate would open the label.
INSERT INTO "dataset_versions" ("tenant_id", "id", "dataset_id", "version", "content_sha256", "case_count", "created_at")
SELECT s."tenant_id", 'dsv_' || lower(hex(randomblob(16))), s."dataset_id", 1, '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945', 0, max(g."updated_at")
FROM "gates" g JOIN "suite_versions" s ON s."tenant_id" = g."tenant_id" AND s."id" = g."suite_version_id"
WHERE NOT EXISTS (SELECT 1 FROM "dataset_versions" d WHERE d."tenant_id" = s."tenant_id" AND d."dataset_id" = s."dataset_id")
GROUP BY s."tenant_id", s."dataset_id";
--> statement-breakpoint
CREATE TABLE `__new_gates` (
	`tenant_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`label` text NOT NULL,
	`suite_version_id` text NOT NULL,
	`dataset_version_id` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `prompt_id`, `label`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`suite_version_id`) REFERENCES `suite_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`dataset_version_id`) REFERENCES `dataset_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_gates`("tenant_id", "prompt_id", "label", "suite_version_id", "dataset_version_id", "updated_at")
SELECT "tenant_id", "prompt_id", "label", "suite_version_id", (
	SELECT d."id" FROM "suite_versions" s
	JOIN "dataset_versions" d ON d."tenant_id" = s."tenant_id" AND d."dataset_id" = s."dataset_id"
	WHERE s."tenant_id" = "gates"."tenant_id" AND s."id" = "gates"."suite_version_id"
	ORDER BY d."version" DESC LIMIT 1
), "updated_at" FROM `gates`;
--> statement-breakpoint
DROP TABLE `gates`;
--> statement-breakpoint
ALTER TABLE `__new_gates` RENAME TO `gates`;
--> statement-breakpoint
CREATE TRIGGER "label_moves_check_kind" BEFORE INSERT ON "label_moves" WHEN NOT CASE NEW."kind"
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."label")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		JOIN "runs" r ON r."tenant_id" = v."tenant_id" AND r."id" = v."run_id"
		JOIN "dataset_versions" measured ON measured."tenant_id" = v."tenant_id" AND measured."id" = r."dataset_version_id"
		JOIN "dataset_versions" asked ON asked."tenant_id" = v."tenant_id" AND asked."id" = g."dataset_version_id"
			AND asked."content_sha256" = measured."content_sha256"
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
CREATE TRIGGER "labels_check_gate_on_insert" BEFORE INSERT ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		JOIN "runs" r ON r."tenant_id" = v."tenant_id" AND r."id" = v."run_id"
		JOIN "dataset_versions" measured ON measured."tenant_id" = v."tenant_id" AND measured."id" = r."dataset_version_id"
		JOIN "dataset_versions" asked ON asked."tenant_id" = v."tenant_id" AND asked."id" = g."dataset_version_id"
			AND asked."content_sha256" = measured."content_sha256"
		WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = (SELECT "verdict_id" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id") AND v."outcome" = 'pass'
			AND v."prompt_version_id" = NEW."version_id" AND v."label" = NEW."name"
	)
	ELSE true
END BEGIN
	SELECT RAISE(ABORT, 'guard: a label with a gate moves by a passing verdict of that gate');
END;
--> statement-breakpoint
CREATE TRIGGER "labels_check_gate_on_update" BEFORE UPDATE OF "tenant_id", "prompt_id", "name", "version_id", "move_id", "expires_at", "fallback_version_id" ON "labels" WHEN NOT CASE (SELECT "kind" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id")
	WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM "gates" WHERE "tenant_id" = NEW."tenant_id" AND "prompt_id" = NEW."prompt_id" AND "label" = NEW."name")
	WHEN 'gate' THEN EXISTS (
		SELECT 1 FROM "verdicts" v
		JOIN "gates" g ON g."tenant_id" = v."tenant_id" AND g."prompt_id" = NEW."prompt_id" AND g."label" = v."label"
			AND g."suite_version_id" = v."suite_version_id"
		JOIN "runs" r ON r."tenant_id" = v."tenant_id" AND r."id" = v."run_id"
		JOIN "dataset_versions" measured ON measured."tenant_id" = v."tenant_id" AND measured."id" = r."dataset_version_id"
		JOIN "dataset_versions" asked ON asked."tenant_id" = v."tenant_id" AND asked."id" = g."dataset_version_id"
			AND asked."content_sha256" = measured."content_sha256"
		WHERE v."tenant_id" = NEW."tenant_id" AND v."id" = (SELECT "verdict_id" FROM "label_moves" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."move_id") AND v."outcome" = 'pass'
			AND v."prompt_version_id" = NEW."version_id" AND v."label" = NEW."name"
	)
	ELSE true
END BEGIN
	SELECT RAISE(ABORT, 'guard: a label with a gate moves by a passing verdict of that gate');
END;
