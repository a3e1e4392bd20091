CREATE TABLE "adapter_versions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"adapter_id" text NOT NULL,
	"version" integer NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"rank" integer NOT NULL,
	"alpha" double precision NOT NULL,
	"base_sha256" text NOT NULL,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "adapter_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "adapter_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "adapters" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"model_id" text,
	"shared_model_id" text,
	"base_sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "adapters_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "adapters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"details" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cases" (
	"tenant_id" text NOT NULL,
	"dataset_version_id" text NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "cases_tenant_id_dataset_version_id_position_pk" PRIMARY KEY("tenant_id","dataset_version_id","position")
);
--> statement-breakpoint
ALTER TABLE "cases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "connections" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"base_url" text NOT NULL,
	"api_version" text,
	"sealed_secret" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "connections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"version" integer NOT NULL,
	"content_sha256" text NOT NULL,
	"case_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dataset_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "dataset_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "datasets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"description" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "datasets_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "datasets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "gates" (
	"tenant_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"label" text NOT NULL,
	"suite_version_id" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "gates_tenant_id_prompt_id_label_pk" PRIMARY KEY("tenant_id","prompt_id","label")
);
--> statement-breakpoint
ALTER TABLE "gates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "jobs" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"run_id" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"cancel_requested" boolean NOT NULL,
	"run_after" timestamp (3) with time zone NOT NULL,
	"leased_by" text,
	"leased_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "jobs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "keys" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"public_id" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"name" text NOT NULL,
	"scopes" text NOT NULL,
	"prompts" text,
	"labels" text,
	"limits" text NOT NULL,
	"created_by_key_id" text,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "label_moves" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"label" text NOT NULL,
	"from_version_id" text,
	"to_version_id" text NOT NULL,
	"kind" text NOT NULL,
	"verdict_id" text,
	"reason" text,
	"expires_at" timestamp (3) with time zone,
	"moved_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "label_moves_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "label_moves" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "labels" (
	"tenant_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"name" text NOT NULL,
	"version_id" text NOT NULL,
	"move_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"fallback_version_id" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "labels_tenant_id_prompt_id_name_pk" PRIMARY KEY("tenant_id","prompt_id","name")
);
--> statement-breakpoint
ALTER TABLE "labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "models" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"sha256" text,
	"bytes" bigint,
	"gguf" text,
	"connection_id" text,
	"provider_model" text,
	"price" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "models_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "operator_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_id" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "platform_audit" (
	"id" text PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"details" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompt_versions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"content_sha256" text NOT NULL,
	"model_id" text,
	"shared_model_id" text,
	"model_sha256" text NOT NULL,
	"adapter_version_id" text,
	"adapter_sha256" text,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "prompt_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"description" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "prompts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "results" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"repeat" integer NOT NULL,
	"case_key" text NOT NULL,
	"tags" text NOT NULL,
	"case_group" text,
	"status" text NOT NULL,
	"score" double precision,
	"passed" boolean,
	"outcome" text NOT NULL,
	"latency_ms" double precision,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"cost_micros" bigint,
	CONSTRAINT "results_tenant_id_run_id_position_repeat_pk" PRIMARY KEY("tenant_id","run_id","position","repeat")
);
--> statement-breakpoint
ALTER TABLE "results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "runs" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"suite_version_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"dataset_version_id" text NOT NULL,
	"baseline_run_id" text,
	"status" text NOT NULL,
	"hashes" text NOT NULL,
	"evidence_sha256" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer NOT NULL,
	"summary" text,
	"error" text,
	"started_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "shared_models" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"sha256" text,
	"bytes" bigint,
	"gguf" text,
	"provider_model" text,
	"price" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suite_versions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"suite_id" text NOT NULL,
	"version" integer NOT NULL,
	"prompt_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"spec" text NOT NULL,
	"content_sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suite_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "suite_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "suites" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suites_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "suites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "traces" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"key_id" text,
	"prompt_id" text,
	"prompt_version_id" text,
	"model" text NOT NULL,
	"adapter_sha256" text,
	"status" text NOT NULL,
	"failure_code" text,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"cost_micros" bigint,
	"latency_ms" double precision NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "traces_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "traces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "verdicts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"run_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"label" text NOT NULL,
	"suite_version_id" text NOT NULL,
	"evidence_sha256" text NOT NULL,
	"incumbent_run_id" text,
	"outcome" text NOT NULL,
	"clauses" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verdicts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "verdicts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "adapter_versions" ADD CONSTRAINT "adapter_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adapter_versions" ADD CONSTRAINT "adapter_versions_adapter_fk" FOREIGN KEY ("tenant_id","adapter_id") REFERENCES "public"."adapters"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adapters" ADD CONSTRAINT "adapters_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adapters" ADD CONSTRAINT "adapters_shared_model_id_shared_models_id_fk" FOREIGN KEY ("shared_model_id") REFERENCES "public"."shared_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adapters" ADD CONSTRAINT "adapters_model_fk" FOREIGN KEY ("tenant_id","model_id") REFERENCES "public"."models"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_dataset_version_fk" FOREIGN KEY ("tenant_id","dataset_version_id") REFERENCES "public"."dataset_versions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_dataset_fk" FOREIGN KEY ("tenant_id","dataset_id") REFERENCES "public"."datasets"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gates" ADD CONSTRAINT "gates_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gates" ADD CONSTRAINT "gates_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gates" ADD CONSTRAINT "gates_suite_version_fk" FOREIGN KEY ("tenant_id","suite_version_id") REFERENCES "public"."suite_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_run_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_moves" ADD CONSTRAINT "label_moves_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_moves" ADD CONSTRAINT "label_moves_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_moves" ADD CONSTRAINT "label_moves_from_fk" FOREIGN KEY ("tenant_id","from_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_moves" ADD CONSTRAINT "label_moves_to_fk" FOREIGN KEY ("tenant_id","to_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_moves" ADD CONSTRAINT "label_moves_verdict_fk" FOREIGN KEY ("tenant_id","verdict_id") REFERENCES "public"."verdicts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_version_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_fallback_fk" FOREIGN KEY ("tenant_id","fallback_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_move_fk" FOREIGN KEY ("tenant_id","move_id") REFERENCES "public"."label_moves"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_connection_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_shared_model_id_shared_models_id_fk" FOREIGN KEY ("shared_model_id") REFERENCES "public"."shared_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_model_fk" FOREIGN KEY ("tenant_id","model_id") REFERENCES "public"."models"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_adapter_fk" FOREIGN KEY ("tenant_id","adapter_version_id") REFERENCES "public"."adapter_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_run_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_suite_version_fk" FOREIGN KEY ("tenant_id","suite_version_id") REFERENCES "public"."suite_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_prompt_version_fk" FOREIGN KEY ("tenant_id","prompt_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_dataset_version_fk" FOREIGN KEY ("tenant_id","dataset_version_id") REFERENCES "public"."dataset_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suite_versions" ADD CONSTRAINT "suite_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suite_versions" ADD CONSTRAINT "suite_versions_suite_fk" FOREIGN KEY ("tenant_id","suite_id") REFERENCES "public"."suites"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suite_versions" ADD CONSTRAINT "suite_versions_prompt_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."prompts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suite_versions" ADD CONSTRAINT "suite_versions_dataset_fk" FOREIGN KEY ("tenant_id","dataset_id") REFERENCES "public"."datasets"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suites" ADD CONSTRAINT "suites_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traces" ADD CONSTRAINT "traces_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_run_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_prompt_version_fk" FOREIGN KEY ("tenant_id","prompt_version_id") REFERENCES "public"."prompt_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "adapter_versions_version" ON "adapter_versions" USING btree ("tenant_id","adapter_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "adapters_slug" ON "adapters" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_key" ON "cases" USING btree ("tenant_id","dataset_version_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_slug" ON "connections" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_versions_version" ON "dataset_versions" USING btree ("tenant_id","dataset_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_slug" ON "datasets" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "jobs_claim" ON "jobs" USING btree ("status","run_after");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_run" ON "jobs" USING btree ("tenant_id","run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "keys_public_id" ON "keys" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "label_moves_label" ON "label_moves" USING btree ("tenant_id","prompt_id","label");--> statement-breakpoint
CREATE UNIQUE INDEX "models_slug" ON "models" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "operator_keys_public_id" ON "operator_keys" USING btree ("public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_version" ON "prompt_versions" USING btree ("tenant_id","prompt_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_content" ON "prompt_versions" USING btree ("tenant_id","prompt_id","content_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_slug" ON "prompts" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "runs_version" ON "runs" USING btree ("tenant_id","prompt_version_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "shared_models_slug" ON "shared_models" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "suite_versions_version" ON "suite_versions" USING btree ("tenant_id","suite_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "suites_slug" ON "suites" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_slug" ON "tenants" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "traces_created" ON "traces" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE POLICY "adapter_versions_tenant" ON "adapter_versions" AS PERMISSIVE FOR ALL TO public USING ("adapter_versions"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("adapter_versions"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "adapters_tenant" ON "adapters" AS PERMISSIVE FOR ALL TO public USING ("adapters"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("adapters"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "audit_entries_tenant" ON "audit_entries" AS PERMISSIVE FOR ALL TO public USING ("audit_entries"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("audit_entries"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "cases_tenant" ON "cases" AS PERMISSIVE FOR ALL TO public USING ("cases"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("cases"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "connections_tenant" ON "connections" AS PERMISSIVE FOR ALL TO public USING ("connections"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("connections"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "dataset_versions_tenant" ON "dataset_versions" AS PERMISSIVE FOR ALL TO public USING ("dataset_versions"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("dataset_versions"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "datasets_tenant" ON "datasets" AS PERMISSIVE FOR ALL TO public USING ("datasets"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("datasets"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "gates_tenant" ON "gates" AS PERMISSIVE FOR ALL TO public USING ("gates"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("gates"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "idempotency_keys_tenant" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO public USING ("idempotency_keys"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("idempotency_keys"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "jobs_tenant" ON "jobs" AS PERMISSIVE FOR ALL TO public USING ("jobs"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("jobs"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "keys_tenant" ON "keys" AS PERMISSIVE FOR ALL TO public USING ("keys"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("keys"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "label_moves_tenant" ON "label_moves" AS PERMISSIVE FOR ALL TO public USING ("label_moves"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("label_moves"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "labels_tenant" ON "labels" AS PERMISSIVE FOR ALL TO public USING ("labels"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("labels"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "models_tenant" ON "models" AS PERMISSIVE FOR ALL TO public USING ("models"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("models"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "prompt_versions_tenant" ON "prompt_versions" AS PERMISSIVE FOR ALL TO public USING ("prompt_versions"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("prompt_versions"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "prompts_tenant" ON "prompts" AS PERMISSIVE FOR ALL TO public USING ("prompts"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("prompts"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "results_tenant" ON "results" AS PERMISSIVE FOR ALL TO public USING ("results"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("results"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "runs_tenant" ON "runs" AS PERMISSIVE FOR ALL TO public USING ("runs"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("runs"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "suite_versions_tenant" ON "suite_versions" AS PERMISSIVE FOR ALL TO public USING ("suite_versions"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("suite_versions"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "suites_tenant" ON "suites" AS PERMISSIVE FOR ALL TO public USING ("suites"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("suites"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "tenants_tenant" ON "tenants" AS PERMISSIVE FOR ALL TO public USING ("tenants"."id" = current_setting('app.tenant_id', true)) WITH CHECK ("tenants"."id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "traces_tenant" ON "traces" AS PERMISSIVE FOR ALL TO public USING ("traces"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("traces"."tenant_id" = current_setting('app.tenant_id', true));--> statement-breakpoint
CREATE POLICY "verdicts_tenant" ON "verdicts" AS PERMISSIVE FOR ALL TO public USING ("verdicts"."tenant_id" = current_setting('app.tenant_id', true)) WITH CHECK ("verdicts"."tenant_id" = current_setting('app.tenant_id', true));