ALTER TABLE "audit_entries" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "prompt_versions_adapter" ON "prompt_versions" USING btree ("tenant_id","adapter_version_id","id");