-- What a completed run measured stays as it is: nothing is taken away and nothing added, save when its tenant or the
-- run itself goes.
CREATE FUNCTION assay_keep_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF EXISTS (SELECT 1 FROM runs WHERE tenant_id = OLD.tenant_id AND id = OLD.run_id AND status = 'completed')
			AND EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) THEN
			RAISE EXCEPTION 'results of a completed run are never removed';
		END IF;
		RETURN OLD;
	END IF;
	IF EXISTS (SELECT 1 FROM runs WHERE tenant_id = NEW.tenant_id AND id = NEW.run_id AND status = 'completed') THEN
		RAISE EXCEPTION 'results of a completed run never change';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "results_of_completed_runs_stay" BEFORE INSERT OR DELETE ON "results" FOR EACH ROW EXECUTE FUNCTION assay_keep_results();
