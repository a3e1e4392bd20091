ALTER TABLE "change_requests" ADD COLUMN "approved_move_id" text;--> statement-breakpoint
ALTER TABLE "change_requests" ADD COLUMN "approved_run_id" text;--> statement-breakpoint
ALTER TABLE "change_requests" ADD COLUMN "approved_suite_version_id" text;--> statement-breakpoint
ALTER TABLE "gates" ADD COLUMN "approval" text;--> statement-breakpoint
CREATE INDEX "audit_entries_object" ON "audit_entries" USING btree ("tenant_id","object","id");
--> statement-breakpoint
-- A part of the dataset is never evidence. Approved: for this very version, on this very run and policy, and while the
-- label stood where it stands now.
CREATE FUNCTION assay_check_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF EXISTS (
		SELECT 1 FROM verdicts v
		JOIN runs r ON r.tenant_id = v.tenant_id AND r.id = v.run_id
		WHERE v.tenant_id = NEW.tenant_id AND v.id = NEW.verdict_id AND r.selection IS NOT NULL
	) THEN
		RAISE EXCEPTION 'a label moves on a run of the whole dataset only' USING ERRCODE = 'AY002';
	END IF;
	IF EXISTS (
		SELECT 1 FROM gates g
		WHERE g.tenant_id = NEW.tenant_id AND g.prompt_id = NEW.prompt_id AND g.label = NEW.label
			AND g.approval IS NOT NULL AND NOT EXISTS (
				SELECT 1 FROM change_requests c
				JOIN verdicts v ON v.tenant_id = c.tenant_id AND v.id = NEW.verdict_id AND v.run_id = c.approved_run_id
				JOIN prompt_versions p ON p.tenant_id = c.tenant_id AND p.id = c.to_version_id
				WHERE c.tenant_id = NEW.tenant_id AND c.prompt_id = NEW.prompt_id AND c.label = NEW.label
					AND c.to_version_id = NEW.to_version_id AND c.status = 'approved'
					AND c.approved_suite_version_id = g.suite_version_id
					AND c.approved_move_id IS NOT DISTINCT FROM (
						SELECT l.move_id FROM labels l WHERE l.tenant_id = NEW.tenant_id AND l.prompt_id = NEW.prompt_id AND l.name = NEW.label
					)
					AND (g.approval = 'anyone' OR (c.decided_by <> c.proposed_by AND c.decided_by IS DISTINCT FROM p.created_by))
			)
	) THEN
		RAISE EXCEPTION 'a label whose gate asks for approval moves by an approved change request only' USING ERRCODE = 'AY002';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "label_moves_check_approval" BEFORE INSERT ON "label_moves" FOR EACH ROW WHEN (NEW."kind" = 'gate') EXECUTE FUNCTION assay_check_approval();
--> statement-breakpoint
CREATE FUNCTION assay_check_change_request() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.status <> 'open' OR NEW.decided_by IS NOT NULL OR NEW.move_id IS NOT NULL THEN
			RAISE EXCEPTION 'a change request begins open' USING ERRCODE = 'AY002';
		END IF;
		RETURN NEW;
	END IF;
	IF OLD.status IN ('rejected', 'withdrawn', 'carried_out')
		OR (NEW.tenant_id, NEW.id, NEW.prompt_id, NEW.label, NEW.from_version_id, NEW.to_version_id, NEW.title, NEW.description, NEW.proposed_by, NEW.created_at)
			IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.prompt_id, OLD.label, OLD.from_version_id, OLD.to_version_id, OLD.title, OLD.description, OLD.proposed_by, OLD.created_at)
	THEN
		RAISE EXCEPTION 'what a change request proposes and how it ended never change' USING ERRCODE = 'AY001';
	END IF;
	IF NOT (CASE NEW.status
		WHEN 'carried_out' THEN OLD.status = 'approved' AND EXISTS (
			SELECT 1 FROM label_moves m WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.move_id AND m.prompt_id = NEW.prompt_id
				AND m.label = NEW.label AND m.to_version_id = NEW.to_version_id AND m.kind IN ('gate', 'unprotected')
		)
		WHEN 'approved' THEN NEW.decided_by IS NOT NULL AND NEW.move_id IS NULL
		WHEN 'rejected' THEN NEW.decided_by IS NOT NULL AND NEW.move_id IS NULL
		ELSE NEW.move_id IS NULL
	END) THEN
		RAISE EXCEPTION 'a change request is decided by somebody and carried out by its own move' USING ERRCODE = 'AY002';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "change_requests_check" BEFORE INSERT OR UPDATE ON "change_requests" FOR EACH ROW EXECUTE FUNCTION assay_check_change_request();
