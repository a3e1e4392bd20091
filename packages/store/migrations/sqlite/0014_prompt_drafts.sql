CREATE TABLE `prompt_drafts` (
	`tenant_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`actor` text NOT NULL,
	`base_version` integer,
	`body` text NOT NULL,
	`revision` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `prompt_id`, `actor`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `prompt_drafts_actor` ON `prompt_drafts` (`tenant_id`,`actor`);--> statement-breakpoint
CREATE INDEX `traces_prompt_created` ON `traces` (`tenant_id`,`prompt_id`,`created_at`);