import { z } from "zod";
import { LabelName, Slug, VersionNumber } from "../names.ts";
import { Overview, PromptOverview, PromptOverviewQuery, Traffic } from "../overview.ts";
import { pageOf } from "../page.ts";
import { Promotion } from "../promotion.ts";
import { defineRoutes } from "./route.ts";

const reads = {
  plane: "control",
  audience: "tenant",
  touches: "tenant",
  scope: "read",
  method: "GET",
} as const;

export const overviewRoutes = defineRoutes({
  getOverview: {
    ...reads,
    path: "/api/overview",
    summary: "What needs attention, what is running, and what is still to be set up",
    output: { kind: "json", status: 200, schema: Overview },
  },
  listPromptOverviews: {
    ...reads,
    path: "/api/overview/prompts",
    summary: "Prompts with where their labels point, how these stand and how good they are",
    query: PromptOverviewQuery,
    output: { kind: "json", status: 200, schema: pageOf(PromptOverview) },
  },
  getTraffic: {
    ...reads,
    path: "/api/overview/traffic",
    summary: "Requests, cost and latency of prompts over the last 14 days, day by day",
    query: z.strictObject({ prompt: Slug.optional() }),
    output: { kind: "json", status: 200, schema: Traffic },
  },
  getPromotion: {
    ...reads,
    path: "/api/prompts/{prompt}/labels/{label}/promotion",
    summary: "What moving a label to a version would mean now: verdict, evidence, difference, who uses it",
    params: z.object({ prompt: Slug, label: LabelName }),
    query: z.strictObject({ version: VersionNumber }),
    output: { kind: "json", status: 200, schema: Promotion },
  },
});
