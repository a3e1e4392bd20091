DROP INDEX "cached_answers_used";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "concurrency" integer;--> statement-breakpoint
CREATE INDEX "cached_answers_used" ON "cached_answers" USING btree ("tenant_id","used_at","bytes");