import type { SuiteReport } from "../eval/report-schema.ts";
import { reportHtml } from "./report-html.ts";
import { reportJson } from "./report-json.ts";
import { reportJunit } from "./report-junit.ts";
import { reportMarkdown } from "./report-markdown.ts";

/** An evaluation as a document for machines or for a pull request. */
export type Reporter = (reports: readonly SuiteReport[]) => string;

/** THE list of reporters, `pretty` aside, which prints for people. */
export const REPORTERS = {
  json: reportJson,
  junit: reportJunit,
  markdown: reportMarkdown,
  html: reportHtml,
} as const satisfies Record<string, Reporter>;
