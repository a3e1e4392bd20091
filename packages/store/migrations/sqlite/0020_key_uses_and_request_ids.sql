ALTER TABLE `audit_entries` ADD `request_id` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `last_used_at` integer;--> statement-breakpoint
CREATE INDEX `prompt_versions_adapter` ON `prompt_versions` (`tenant_id`,`adapter_version_id`,`id`);