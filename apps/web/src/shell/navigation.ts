import type { LucideIcon } from "lucide-react";
import {
  Activity,
  Boxes,
  ChartColumn,
  Database,
  FileText,
  FlaskConical,
  Gauge,
  GitPullRequestArrow,
  House,
  KeyRound,
  ListChecks,
  LogIn,
  PenLine,
  Plug,
  Scale,
  ScrollText,
  Users,
} from "lucide-react";

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
  { name: "prompts", icon: FileText, path: "/prompts", key: "p", group: "work" },
  { name: "changes", icon: GitPullRequestArrow, path: "/changes", key: "r", group: "work" },
  { name: "playground", icon: FlaskConical, path: "/playground", key: "y", group: "work" },
  { name: "evaluations", icon: Gauge, path: "/evaluations", key: "e", group: "measure" },
  { name: "datasets", icon: Database, path: "/datasets", key: "d", group: "measure" },
  { name: "suites", icon: ListChecks, path: "/suites", key: "s", group: "measure" },
  { name: "judges", icon: Scale, path: "/judges", key: "j", group: "measure" },
  { name: "annotation", icon: PenLine, path: "/annotation", key: "n", group: "measure" },
  { name: "traces", icon: Activity, path: "/traces", key: "t", group: "watch" },
  { name: "usage", icon: ChartColumn, path: "/usage", key: "u", group: "watch" },
  { name: "models", icon: Boxes, path: "/models", key: "m", group: "manage" },
  { name: "connections", icon: Plug, path: "/settings/connections", key: "c", group: "manage" },
  { name: "keys", icon: KeyRound, path: "/settings/keys", key: "k", group: "manage", scope: "admin" },
  { name: "members", icon: Users, path: "/settings/members", key: "b", group: "manage", scope: "admin" },
  { name: "sign-in", icon: LogIn, path: "/settings/sign-in", key: "i", group: "manage", scope: "admin" },
  { name: "audit", icon: ScrollText, path: "/settings/audit", key: "l", group: "manage", scope: "admin" },
];
