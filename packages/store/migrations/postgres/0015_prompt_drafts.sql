CREATE TABLE "prompt_drafts" (
	"tenant_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"actor" text NOT NULL,
	"base_version" integer,
	"body" text NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_drafts_tenant_id_prompt_id_actor_pk" PRIMARY KEY("tenant_id","prompt_id","actor")
);
--> statement-breakpoint
ALTER TABLE "prompt_drafts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "prompt_drafts" ADD CONSTRAINT "prompt_drafts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_drafts" ADD CONSTRAINT "prompt_drafts_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompt_drafts_actor" ON "prompt_drafts" USING btree ("tenant_id","actor");--> statement-breakpoint
CREATE INDEX "traces_prompt_created" ON "traces" USING btree ("tenant_id","prompt_id","created_at");--> statement-breakpoint
CREATE POLICY "prompt_drafts_tenant" ON "prompt_drafts" AS PERMISSIVE FOR ALL TO public USING ("prompt_drafts"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("prompt_drafts"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "prompt_drafts" TO assay_tenant;
