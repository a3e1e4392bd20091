CREATE TABLE `annotation_items` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`queue_id` text NOT NULL,
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`repeat` integer NOT NULL,
	`subject_sha256` text NOT NULL,
	`judge_sha256` text NOT NULL,
	`judge_passed` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`queue_id`) REFERENCES `annotation_queues`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`run_id`) REFERENCES `runs`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `annotation_items_result` ON `annotation_items` (`tenant_id`,`queue_id`,`run_id`,`position`,`repeat`);--> statement-breakpoint
CREATE INDEX `annotation_items_judge` ON `annotation_items` (`tenant_id`,`judge_sha256`);--> statement-breakpoint
CREATE INDEX `annotation_items_subject` ON `annotation_items` (`tenant_id`,`subject_sha256`);--> statement-breakpoint
CREATE TABLE `annotation_labels` (
	`tenant_id` text NOT NULL,
	`item_id` text NOT NULL,
	`annotator` text NOT NULL,
	`passed` integer NOT NULL,
	`comment` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `item_id`, `annotator`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`item_id`) REFERENCES `annotation_items`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `annotation_queues` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`instructions` text NOT NULL,
	`metric` text NOT NULL,
	`labels_per_item` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `annotation_queues_slug` ON `annotation_queues` (`tenant_id`,`slug`);--> statement-breakpoint
CREATE TABLE `cached_answers` (
	`tenant_id` text NOT NULL,
	`request_sha256` text NOT NULL,
	`answer` text NOT NULL,
	`bytes` integer NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `request_sha256`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cached_answers_used` ON `cached_answers` (`tenant_id`,`used_at`);--> statement-breakpoint
CREATE TABLE `change_requests` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`label` text NOT NULL,
	`from_version_id` text,
	`to_version_id` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`status` text NOT NULL,
	`proposed_by` text NOT NULL,
	`decided_by` text,
	`decision_reason` text,
	`decided_at` integer,
	`move_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`from_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`to_version_id`) REFERENCES `prompt_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`move_id`) REFERENCES `label_moves`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `change_requests_label` ON `change_requests` (`tenant_id`,`prompt_id`,`label`,`status`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`trace_id` text NOT NULL,
	`score` real,
	`comment` text,
	`correction` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`trace_id`) REFERENCES `traces`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `feedback_trace` ON `feedback` (`tenant_id`,`trace_id`);--> statement-breakpoint
CREATE TABLE `trace_contents` (
	`tenant_id` text NOT NULL,
	`trace_id` text NOT NULL,
	`variables` text,
	`messages` text NOT NULL,
	`output` text NOT NULL,
	`bytes` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `trace_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`trace_id`) REFERENCES `traces`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `trace_contents_expiry` ON `trace_contents` (`expires_at`);--> statement-breakpoint
CREATE TABLE `trace_settings` (
	`tenant_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`sample_rate` real NOT NULL,
	`retention_days` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `prompt_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `prompt_versions` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `results` ADD `judge_cost_micros` integer;--> statement-breakpoint
ALTER TABLE `results` ADD `reused` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `selection` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `rescore_of` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `reuse` text DEFAULT 'always' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `budget_micros` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `spent_micros` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `reused` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `stop_early` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `stopped_early` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `power` text;