import type { LucideIcon } from "lucide-react";
import { House } from "lucide-react";

/** One entry of the side bar, the command palette and the list of shortcuts. */
export interface Destination {
  /** Names the text in `shell`: `nav.<name>`. */
  name: string;
  icon: LucideIcon;
  /** Below `/t/<tenant>`. */
  path: string;
  /** After `g`: "g p" goes to prompts. */
  key: string;
  group: "work" | "measure" | "watch" | "manage";
  /** Shown to those who hold this scope. */
  scope?: "admin";
}

/** THE list of places in a tenant. */
export const DESTINATIONS: readonly Destination[] = [
  { name: "home", icon: House, path: "", key: "h", group: "work" },
];
