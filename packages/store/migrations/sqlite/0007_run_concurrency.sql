DROP INDEX `cached_answers_used`;--> statement-breakpoint
CREATE INDEX `cached_answers_used` ON `cached_answers` (`tenant_id`,`used_at`,`bytes`);--> statement-breakpoint
ALTER TABLE `runs` ADD `concurrency` integer;