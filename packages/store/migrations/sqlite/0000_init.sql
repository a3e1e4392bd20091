CREATE TABLE `adapter_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`adapter_id` text NOT NULL,
	`version` integer NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`rank` integer NOT NULL,
	`alpha` real NOT NULL,
	`base_sha256` text NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`adapter_id`) REFERENCES `adapters`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adapter_versions_version` ON `adapter_versions` (`tenant_id`,`adapter_id`,`version`);--> statement-breakpoint
CREATE TABLE `adapters` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`model_id` text,
	`shared_model_id` text,
	`base_sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shared_model_id`) REFERENCES `shared_models`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`model_id`) REFERENCES `models`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adapters_slug` ON `adapters` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`details` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`tenant_id` text NOT NULL,
	`dataset_version_id` text NOT NULL,
	`position` integer NOT NULL,
	`key` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `dataset_version_id`, `position`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`dataset_version_id`) REFERENCES `dataset_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_key` ON `cases` (`tenant_id`,`dataset_version_id`,`key`);--> statement-breakpoint
CREATE TABLE `connections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`base_url` text NOT NULL,
	`api_version` text,
	`sealed_secret` blob,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_slug` ON `connections` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `dataset_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`dataset_id` text NOT NULL,
	`version` integer NOT NULL,
	`content_sha256` text NOT NULL,
	`case_count` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`dataset_id`) REFERENCES `datasets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dataset_versions_version` ON `dataset_versions` (`tenant_id`,`dataset_id`,`version`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`description` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `datasets_slug` ON `datasets` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `gates` (
	`tenant_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`label` text NOT NULL,
	`suite_version_id` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `prompt_id`, `label`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`suite_version_id`) REFERENCES `suite_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`request_sha256` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_expiry` ON `idempotency_keys` (`expires_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`run_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`cancel_requested` integer NOT NULL,
	`run_after` integer NOT NULL,
	`leased_by` text,
	`leased_until` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`run_id`) REFERENCES `runs`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `jobs_claim` ON `jobs` (`status`,`run_after`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_run` ON `jobs` (`tenant_id`,`run_id`);--> statement-breakpoint
CREATE TABLE `keys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`public_id` text NOT NULL,
	`secret_sha256` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`prompts` text,
	`labels` text,
	`limits` text NOT NULL,
	`created_by_key_id` text,
	`expires_at` integer,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_public_id` ON `keys` (`public_id`);--> statement-breakpoint
CREATE TABLE `label_moves` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`label` text NOT NULL,
	`from_version_id` text,
	`to_version_id` text NOT NULL,
	`kind` text NOT NULL,
	`verdict_id` text,
	`reason` text,
	`expires_at` integer,
	`moved_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`from_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`to_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`verdict_id`) REFERENCES `verdicts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `label_moves_label` ON `label_moves` (`tenant_id`,`prompt_id`,`label`);--> statement-breakpoint
CREATE TABLE `labels` (
	`tenant_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`name` text NOT NULL,
	`version_id` text NOT NULL,
	`move_id` text NOT NULL,
	`expires_at` integer,
	`fallback_version_id` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `prompt_id`, `name`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`fallback_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`move_id`) REFERENCES `label_moves`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `models` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`sha256` text,
	`bytes` integer,
	`gguf` text,
	`connection_id` text,
	`provider_model` text,
	`price` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`connection_id`) REFERENCES `connections`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `models_slug` ON `models` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `operator_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`secret_sha256` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operator_keys_public_id` ON `operator_keys` (`public_id`);--> statement-breakpoint
CREATE TABLE `platform_audit` (
	`id` text PRIMARY KEY NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`details` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `prompt_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`content_sha256` text NOT NULL,
	`model_id` text,
	`shared_model_id` text,
	`model_sha256` text NOT NULL,
	`adapter_version_id` text,
	`adapter_sha256` text,
	`note` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shared_model_id`) REFERENCES `shared_models`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`model_id`) REFERENCES `models`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`adapter_version_id`) REFERENCES `adapter_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_versions_version` ON `prompt_versions` (`tenant_id`,`prompt_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_versions_content` ON `prompt_versions` (`tenant_id`,`prompt_id`,`content_sha256`);--> statement-breakpoint
CREATE TABLE `prompts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`description` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompts_slug` ON `prompts` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `results` (
	`tenant_id` text NOT NULL,
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`repeat` integer NOT NULL,
	`case_key` text NOT NULL,
	`tags` text NOT NULL,
	`case_group` text,
	`status` text NOT NULL,
	`score` real,
	`passed` integer,
	`outcome` text NOT NULL,
	`latency_ms` real,
	`prompt_tokens` integer,
	`completion_tokens` integer,
	`cost_micros` integer,
	PRIMARY KEY(`tenant_id`, `run_id`, `position`, `repeat`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`run_id`) REFERENCES `runs`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`suite_version_id` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`dataset_version_id` text NOT NULL,
	`baseline_run_id` text,
	`status` text NOT NULL,
	`hashes` text NOT NULL,
	`evidence_sha256` text NOT NULL,
	`total` integer NOT NULL,
	`done` integer NOT NULL,
	`summary` text,
	`error` text,
	`started_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`suite_version_id`) REFERENCES `suite_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`prompt_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`dataset_version_id`) REFERENCES `dataset_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `runs_version` ON `runs` (`tenant_id`,`prompt_version_id`,`status`);--> statement-breakpoint
CREATE TABLE `shared_models` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`sha256` text,
	`bytes` integer,
	`gguf` text,
	`provider_model` text,
	`price` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_models_slug` ON `shared_models` (`slug`);--> statement-breakpoint
CREATE TABLE `suite_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`suite_id` text NOT NULL,
	`version` integer NOT NULL,
	`prompt_id` text NOT NULL,
	`dataset_id` text NOT NULL,
	`spec` text NOT NULL,
	`content_sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`suite_id`) REFERENCES `suites`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`dataset_id`) REFERENCES `datasets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suite_versions_version` ON `suite_versions` (`tenant_id`,`suite_id`,`version`);--> statement-breakpoint
CREATE TABLE `suites` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suites_slug` ON `suites` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tenants_slug` ON `tenants` (`slug`);--> statement-breakpoint
CREATE TABLE `traces` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`key_id` text,
	`prompt_id` text,
	`prompt_version_id` text,
	`model` text NOT NULL,
	`adapter_sha256` text,
	`status` text NOT NULL,
	`failure_code` text,
	`prompt_tokens` integer,
	`completion_tokens` integer,
	`cost_micros` integer,
	`latency_ms` real NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `traces_created` ON `traces` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `verdicts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`label` text NOT NULL,
	`suite_version_id` text NOT NULL,
	`evidence_sha256` text NOT NULL,
	`incumbent_run_id` text,
	`outcome` text NOT NULL,
	`clauses` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`run_id`) REFERENCES `runs`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`prompt_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
