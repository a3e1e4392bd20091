-- The last wall behind the code: what must hold whoever writes, also by hand.
CREATE FUNCTION assay_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'AY001';
END $$;
--> statement-breakpoint
CREATE TRIGGER "adapter_versions_immutable" BEFORE UPDATE ON "adapter_versions" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "prompt_versions_immutable" BEFORE UPDATE ON "prompt_versions" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "dataset_versions_immutable" BEFORE UPDATE ON "dataset_versions" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "cases_immutable" BEFORE UPDATE ON "cases" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "suite_versions_immutable" BEFORE UPDATE ON "suite_versions" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "results_immutable" BEFORE UPDATE ON "results" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "verdicts_immutable" BEFORE UPDATE ON "verdicts" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "label_moves_immutable" BEFORE UPDATE ON "label_moves" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "audit_entries_immutable" BEFORE UPDATE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
CREATE TRIGGER "platform_audit_immutable" BEFORE UPDATE OR DELETE ON "platform_audit" FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
-- The evidence of a finished run stands.
CREATE TRIGGER "runs_completed_immutable" BEFORE UPDATE ON "runs" FOR EACH ROW WHEN (OLD."status" = 'completed') EXECUTE FUNCTION assay_refuse_change();
--> statement-breakpoint
-- Audit entries leave with their tenant and no other way: when a removal reaches them, the tenant is gone already.
CREATE FUNCTION assay_keep_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) THEN
		RAISE EXCEPTION 'audit entries are never removed' USING ERRCODE = 'AY001';
	END IF;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_entries_kept" BEFORE DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION assay_keep_audit();
--> statement-breakpoint
CREATE FUNCTION assay_check_verdict() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NEW.outcome = 'pass' AND NOT EXISTS (
		SELECT 1 FROM runs
		JOIN suite_versions of_run ON of_run.tenant_id = runs.tenant_id AND of_run.id = runs.suite_version_id
		JOIN suite_versions of_verdict ON of_verdict.tenant_id = NEW.tenant_id AND of_verdict.id = NEW.suite_version_id
		WHERE runs.tenant_id = NEW.tenant_id AND runs.id = NEW.run_id AND runs.status = 'completed'
			AND runs.prompt_version_id = NEW.prompt_version_id AND runs.evidence_sha256 = NEW.evidence_sha256
			AND of_run.suite_id = of_verdict.suite_id
	) THEN
		RAISE EXCEPTION 'a verdict passes on a completed run of its version, suite and evidence only' USING ERRCODE = 'AY002';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "verdicts_check" BEFORE INSERT ON "verdicts" FOR EACH ROW EXECUTE FUNCTION assay_check_verdict();
--> statement-breakpoint
-- Held in its own right: an override lends a label to a version for a while and proves nothing about it.
CREATE FUNCTION assay_has_held(tenant text, prompt text, label_name text, version text, other_than text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT EXISTS (
		SELECT 1 FROM label_moves
		WHERE tenant_id = tenant AND prompt_id = prompt AND label = label_name AND to_version_id = version
			AND kind IN ('gate', 'unprotected', 'rollback') AND id <> other_than
	)
$$;
--> statement-breakpoint
CREATE FUNCTION assay_passes_gate(tenant text, prompt text, label_name text, version text, verdict text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT EXISTS (
		SELECT 1 FROM verdicts
		JOIN gates ON gates.tenant_id = verdicts.tenant_id AND gates.prompt_id = prompt AND gates.label = verdicts.label
			AND gates.suite_version_id = verdicts.suite_version_id
		WHERE verdicts.tenant_id = tenant AND verdicts.id = verdict AND verdicts.outcome = 'pass'
			AND verdicts.prompt_version_id = version AND verdicts.label = label_name
	)
$$;
--> statement-breakpoint
CREATE FUNCTION assay_check_label_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM prompt_versions WHERE tenant_id = NEW.tenant_id AND id = NEW.to_version_id AND prompt_id = NEW.prompt_id) THEN
		RAISE EXCEPTION 'a label moves to a version of its own prompt only' USING ERRCODE = 'AY002';
	END IF;
	IF NOT (CASE NEW.kind
		WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM gates WHERE tenant_id = NEW.tenant_id AND prompt_id = NEW.prompt_id AND label = NEW.label)
		WHEN 'gate' THEN assay_passes_gate(NEW.tenant_id, NEW.prompt_id, NEW.label, NEW.to_version_id, NEW.verdict_id)
		WHEN 'override' THEN coalesce(NEW.reason, '') <> '' AND coalesce(NEW.expires_at > NEW.created_at, false)
		WHEN 'rollback' THEN assay_has_held(NEW.tenant_id, NEW.prompt_id, NEW.label, NEW.to_version_id, NEW.id)
		ELSE false
	END) THEN
		RAISE EXCEPTION 'a label moves without a gate, by a passing verdict, by a reasoned override or back to a version that held it; this % does not', NEW.kind USING ERRCODE = 'AY002';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "label_moves_check" BEFORE INSERT ON "label_moves" FOR EACH ROW EXECUTE FUNCTION assay_check_label_move();
--> statement-breakpoint
CREATE FUNCTION assay_check_label() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	move label_moves%ROWTYPE;
BEGIN
	SELECT * INTO move FROM label_moves
	WHERE tenant_id = NEW.tenant_id AND id = NEW.move_id AND prompt_id = NEW.prompt_id AND label = NEW.name AND to_version_id = NEW.version_id;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'a label stands where its move brought it' USING ERRCODE = 'AY002';
	END IF;
	IF NOT (CASE move.kind
		WHEN 'override' THEN NEW.expires_at IS NOT DISTINCT FROM move.expires_at
			AND (NEW.fallback_version_id IS NULL OR assay_has_held(NEW.tenant_id, NEW.prompt_id, NEW.name, NEW.fallback_version_id, move.id))
		ELSE NEW.expires_at IS NULL AND NEW.fallback_version_id IS NULL
	END) THEN
		RAISE EXCEPTION 'an override, and nothing else, expires as its move says and falls back to a version that held the label in its own right' USING ERRCODE = 'AY002';
	END IF;
	IF NOT (CASE move.kind
		WHEN 'unprotected' THEN NOT EXISTS (SELECT 1 FROM gates WHERE tenant_id = NEW.tenant_id AND prompt_id = NEW.prompt_id AND label = NEW.name)
		WHEN 'gate' THEN assay_passes_gate(NEW.tenant_id, NEW.prompt_id, NEW.name, NEW.version_id, move.verdict_id)
		ELSE true
	END) THEN
		RAISE EXCEPTION 'a label with a gate moves by a passing verdict of that gate' USING ERRCODE = 'AY002';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "labels_check" BEFORE INSERT OR UPDATE OF "tenant_id", "prompt_id", "name", "version_id", "move_id", "expires_at", "fallback_version_id" ON "labels" FOR EACH ROW EXECUTE FUNCTION assay_check_label();
