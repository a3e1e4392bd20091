ALTER TABLE "jobs" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "jobs_served" ON "jobs" USING btree ("tenant_id","claimed_at");