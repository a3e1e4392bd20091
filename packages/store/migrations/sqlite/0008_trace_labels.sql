ALTER TABLE `trace_contents` ADD `tool_calls` text;--> statement-breakpoint
CREATE INDEX `trace_contents_bytes` ON `trace_contents` (`tenant_id`,`bytes`);--> statement-breakpoint
ALTER TABLE `traces` ADD `label` text;