ALTER TABLE "annotation_items" ALTER COLUMN "judge_sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "annotation_items" ALTER COLUMN "judge_passed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "annotation_queues" ALTER COLUMN "metric" DROP NOT NULL;