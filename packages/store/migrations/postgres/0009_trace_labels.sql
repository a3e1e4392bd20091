ALTER TABLE "trace_contents" ADD COLUMN "tool_calls" text;--> statement-breakpoint
ALTER TABLE "traces" ADD COLUMN "label" text;--> statement-breakpoint
CREATE INDEX "trace_contents_bytes" ON "trace_contents" USING btree ("tenant_id","bytes");