-- A gate asks for the cases of one dataset version.
ALTER TABLE "gates" ADD COLUMN "dataset_version_id" text;
--> statement-breakpoint
-- A gate whose dataset had no version gets an empty one, on which nothing can be proven: an unset gate would open the label.
INSERT INTO "dataset_versions" ("tenant_id", "id", "dataset_id", "version", "content_sha256", "case_count", "created_at")
SELECT s."tenant_id", 'dsv_' || replace(gen_random_uuid()::text, '-', ''), s."dataset_id", 1, '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945', 0, max(g."updated_at")
FROM "gates" g JOIN "suite_versions" s ON s."tenant_id" = g."tenant_id" AND s."id" = g."suite_version_id"
WHERE NOT EXISTS (SELECT 1 FROM "dataset_versions" d WHERE d."tenant_id" = s."tenant_id" AND d."dataset_id" = s."dataset_id")
GROUP BY s."tenant_id", s."dataset_id";
--> statement-breakpoint
UPDATE "gates" SET "dataset_version_id" = (
	SELECT d."id" FROM "suite_versions" s
	JOIN "dataset_versions" d ON d."tenant_id" = s."tenant_id" AND d."dataset_id" = s."dataset_id"
	WHERE s."tenant_id" = "gates"."tenant_id" AND s."id" = "gates"."suite_version_id"
	ORDER BY d."version" DESC LIMIT 1
);
--> statement-breakpoint
ALTER TABLE "gates" ALTER COLUMN "dataset_version_id" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "gates" ADD CONSTRAINT "gates_dataset_version_fk" FOREIGN KEY ("tenant_id","dataset_version_id") REFERENCES "public"."dataset_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION assay_passes_gate(tenant text, prompt text, label_name text, version text, verdict text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT EXISTS (
		SELECT 1 FROM verdicts
		JOIN gates ON gates.tenant_id = verdicts.tenant_id AND gates.prompt_id = prompt AND gates.label = verdicts.label
			AND gates.suite_version_id = verdicts.suite_version_id
		JOIN runs ON runs.tenant_id = verdicts.tenant_id AND runs.id = verdicts.run_id
		JOIN dataset_versions measured ON measured.tenant_id = verdicts.tenant_id AND measured.id = runs.dataset_version_id
		JOIN dataset_versions asked ON asked.tenant_id = verdicts.tenant_id AND asked.id = gates.dataset_version_id
			AND asked.content_sha256 = measured.content_sha256
		WHERE verdicts.tenant_id = tenant AND verdicts.id = verdict AND verdicts.outcome = 'pass'
			AND verdicts.prompt_version_id = assay_passes_gate.version AND verdicts.label = label_name
	)
$$;
