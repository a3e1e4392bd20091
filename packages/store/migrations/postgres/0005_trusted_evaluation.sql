CREATE TABLE "annotation_items" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"queue_id" text NOT NULL,
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"repeat" integer NOT NULL,
	"subject_sha256" text NOT NULL,
	"judge_sha256" text NOT NULL,
	"judge_passed" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "annotation_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "annotation_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "annotation_labels" (
	"tenant_id" text NOT NULL,
	"item_id" text NOT NULL,
	"annotator" text NOT NULL,
	"passed" boolean NOT NULL,
	"comment" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "annotation_labels_tenant_id_item_id_annotator_pk" PRIMARY KEY("tenant_id","item_id","annotator")
);
--> statement-breakpoint
ALTER TABLE "annotation_labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "annotation_queues" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"instructions" text NOT NULL,
	"metric" text NOT NULL,
	"labels_per_item" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "annotation_queues_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "annotation_queues" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cached_answers" (
	"tenant_id" text NOT NULL,
	"request_sha256" text NOT NULL,
	"answer" text NOT NULL,
	"bytes" integer NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cached_answers_tenant_id_request_sha256_pk" PRIMARY KEY("tenant_id","request_sha256")
);
--> statement-breakpoint
ALTER TABLE "cached_answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "change_requests" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"label" text NOT NULL,
	"from_version_id" text,
	"to_version_id" text NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"status" text NOT NULL,
	"proposed_by" text NOT NULL,
	"decided_by" text,
	"decision_reason" text,
	"decided_at" timestamp (3) with time zone,
	"move_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "change_requests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "change_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"trace_id" text NOT NULL,
	"score" double precision,
	"comment" text,
	"correction" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "feedback" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "trace_contents" (
	"tenant_id" text NOT NULL,
	"trace_id" text NOT NULL,
	"variables" text,
	"messages" text NOT NULL,
	"output" text NOT NULL,
	"bytes" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trace_contents_tenant_id_trace_id_pk" PRIMARY KEY("tenant_id","trace_id")
);
--> statement-breakpoint
ALTER TABLE "trace_contents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "trace_settings" (
	"tenant_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"sample_rate" double precision NOT NULL,
	"retention_days" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trace_settings_tenant_id_prompt_id_pk" PRIMARY KEY("tenant_id","prompt_id")
);
--> statement-breakpoint
ALTER TABLE "trace_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD COLUMN "created_by" text;--> statement-breakpoint
ALTER TABLE "results" ADD COLUMN "judge_cost_micros" bigint;--> statement-breakpoint
ALTER TABLE "results" ADD COLUMN "reused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "selection" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rescore_of" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reuse" text DEFAULT 'always' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "budget_micros" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "spent_micros" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reused" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "stop_early" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "stopped_early" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "power" text;--> statement-breakpoint
ALTER TABLE "annotation_items" ADD CONSTRAINT "annotation_items_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_items" ADD CONSTRAINT "annotation_items_queue_fk" FOREIGN KEY ("tenant_id","queue_id") REFERENCES "public"."annotation_queues"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_items" ADD CONSTRAINT "annotation_items_run_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_labels" ADD CONSTRAINT "annotation_labels_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_labels" ADD CONSTRAINT "annotation_labels_item_fk" FOREIGN KEY ("tenant_id","item_id") REFERENCES "public"."annotation_items"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_queues" ADD CONSTRAINT "annotation_queues_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cached_answers" ADD CONSTRAINT "cached_answers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_from_fk" FOREIGN KEY ("tenant_id","from_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_to_fk" FOREIGN KEY ("tenant_id","to_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_move_fk" FOREIGN KEY ("tenant_id","move_id") REFERENCES "public"."label_moves"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_trace_fk" FOREIGN KEY ("tenant_id","trace_id") REFERENCES "public"."traces"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_contents" ADD CONSTRAINT "trace_contents_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_contents" ADD CONSTRAINT "trace_contents_trace_fk" FOREIGN KEY ("tenant_id","trace_id") REFERENCES "public"."traces"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_settings" ADD CONSTRAINT "trace_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_settings" ADD CONSTRAINT "trace_settings_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_items_result" ON "annotation_items" USING btree ("tenant_id","queue_id","run_id","position","repeat");--> statement-breakpoint
CREATE INDEX "annotation_items_judge" ON "annotation_items" USING btree ("tenant_id","judge_sha256");--> statement-breakpoint
CREATE INDEX "annotation_items_subject" ON "annotation_items" USING btree ("tenant_id","subject_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_queues_slug" ON "annotation_queues" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "cached_answers_used" ON "cached_answers" USING btree ("tenant_id","used_at");--> statement-breakpoint
CREATE INDEX "change_requests_label" ON "change_requests" USING btree ("tenant_id","prompt_id","label","status");--> statement-breakpoint
CREATE INDEX "feedback_trace" ON "feedback" USING btree ("tenant_id","trace_id");--> statement-breakpoint
CREATE INDEX "trace_contents_expiry" ON "trace_contents" USING btree ("expires_at");--> statement-breakpoint
CREATE POLICY "annotation_items_tenant" ON "annotation_items" AS PERMISSIVE FOR ALL TO public USING ("annotation_items"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("annotation_items"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "annotation_labels_tenant" ON "annotation_labels" AS PERMISSIVE FOR ALL TO public USING ("annotation_labels"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("annotation_labels"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "annotation_queues_tenant" ON "annotation_queues" AS PERMISSIVE FOR ALL TO public USING ("annotation_queues"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("annotation_queues"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "cached_answers_tenant" ON "cached_answers" AS PERMISSIVE FOR ALL TO public USING ("cached_answers"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("cached_answers"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "change_requests_tenant" ON "change_requests" AS PERMISSIVE FOR ALL TO public USING ("change_requests"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("change_requests"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "feedback_tenant" ON "feedback" AS PERMISSIVE FOR ALL TO public USING ("feedback"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("feedback"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "trace_contents_tenant" ON "trace_contents" AS PERMISSIVE FOR ALL TO public USING ("trace_contents"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("trace_contents"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "trace_settings_tenant" ON "trace_settings" AS PERMISSIVE FOR ALL TO public USING ("trace_settings"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("trace_settings"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
	"cached_answers", "change_requests", "annotation_queues", "annotation_items", "annotation_labels", "trace_settings",
	"trace_contents", "feedback"
TO assay_tenant;
