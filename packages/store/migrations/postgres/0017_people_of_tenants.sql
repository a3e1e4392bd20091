DROP INDEX "users_email";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "home_tenant_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_home" ON "users" USING btree ("email","home_tenant_id");