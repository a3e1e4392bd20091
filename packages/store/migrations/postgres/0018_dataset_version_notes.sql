ALTER TABLE "dataset_versions" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "created_by" text;