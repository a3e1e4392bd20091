-- What a completed run measured stays as it is: nothing is taken away and nothing added, save when its tenant or the
-- run itself goes.
CREATE TRIGGER "results_of_completed_runs_stay" BEFORE DELETE ON "results"
WHEN EXISTS (SELECT 1 FROM "runs" WHERE "tenant_id" = OLD."tenant_id" AND "id" = OLD."run_id" AND "status" = 'completed')
	AND EXISTS (SELECT 1 FROM "tenants" WHERE "id" = OLD."tenant_id")
BEGIN
	SELECT RAISE(ABORT, 'results of a completed run are never removed');
END;
--> statement-breakpoint
CREATE TRIGGER "results_of_completed_runs_are_all" BEFORE INSERT ON "results"
WHEN EXISTS (SELECT 1 FROM "runs" WHERE "tenant_id" = NEW."tenant_id" AND "id" = NEW."run_id" AND "status" = 'completed')
BEGIN
	SELECT RAISE(ABORT, 'results of a completed run never change');
END;
