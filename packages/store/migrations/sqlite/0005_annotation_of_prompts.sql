ALTER TABLE `annotation_items` ADD `is_representative` integer NOT NULL;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_annotation_queues` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`slug` text NOT NULL,
	`prompt_id` text NOT NULL,
	`instructions` text NOT NULL,
	`metric` text NOT NULL,
	`labels_per_item` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`prompt_id`) REFERENCES `prompts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP TABLE `annotation_queues`;--> statement-breakpoint
ALTER TABLE `__new_annotation_queues` RENAME TO `annotation_queues`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `annotation_queues_slug` ON `annotation_queues` (`tenant_id`,`slug`);