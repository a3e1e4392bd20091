ALTER TABLE `dataset_versions` ADD `note` text;--> statement-breakpoint
ALTER TABLE `dataset_versions` ADD `created_by` text;