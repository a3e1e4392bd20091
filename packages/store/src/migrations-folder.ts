import { fileURLToPath } from "node:url";
import type { Dialect } from "./kit.ts";

export function migrationsFolder(dialect: Dialect): string {
  return fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url));
}
