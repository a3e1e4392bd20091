DROP INDEX `users_email`;--> statement-breakpoint
ALTER TABLE `users` ADD `home_tenant_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_home` ON `users` (`email`,`home_tenant_id`);