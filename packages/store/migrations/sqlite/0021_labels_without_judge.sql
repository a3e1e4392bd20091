-- Column by column: a table that is built anew would take the labels with it, which go when their items go.
DROP INDEX `annotation_items_judge`;--> statement-breakpoint
ALTER TABLE `annotation_items` ADD `judge_sha256_or_none` text;--> statement-breakpoint
UPDATE `annotation_items` SET `judge_sha256_or_none` = `judge_sha256`;--> statement-breakpoint
ALTER TABLE `annotation_items` DROP COLUMN `judge_sha256`;--> statement-breakpoint
ALTER TABLE `annotation_items` RENAME COLUMN `judge_sha256_or_none` TO `judge_sha256`;--> statement-breakpoint
ALTER TABLE `annotation_items` ADD `judge_passed_or_none` integer;--> statement-breakpoint
UPDATE `annotation_items` SET `judge_passed_or_none` = `judge_passed`;--> statement-breakpoint
ALTER TABLE `annotation_items` DROP COLUMN `judge_passed`;--> statement-breakpoint
ALTER TABLE `annotation_items` RENAME COLUMN `judge_passed_or_none` TO `judge_passed`;--> statement-breakpoint
CREATE INDEX `annotation_items_judge` ON `annotation_items` (`tenant_id`,`judge_sha256`);--> statement-breakpoint
ALTER TABLE `annotation_queues` ADD `metric_or_none` text;--> statement-breakpoint
UPDATE `annotation_queues` SET `metric_or_none` = `metric`;--> statement-breakpoint
ALTER TABLE `annotation_queues` DROP COLUMN `metric`;--> statement-breakpoint
ALTER TABLE `annotation_queues` RENAME COLUMN `metric_or_none` TO `metric`;