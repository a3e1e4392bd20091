import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./packages/store/src/schema/postgres.ts",
  out: "./packages/store/migrations/postgres",
});
