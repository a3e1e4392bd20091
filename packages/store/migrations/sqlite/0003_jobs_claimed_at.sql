ALTER TABLE `jobs` ADD `claimed_at` integer;--> statement-breakpoint
CREATE INDEX `jobs_served` ON `jobs` (`tenant_id`,`claimed_at`);