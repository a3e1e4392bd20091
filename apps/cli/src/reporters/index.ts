import type { SuiteReport } from "../eval/report-schema.ts";

/** An evaluation as a document for machines or for a pull request. */
export type Reporter = (reports: readonly SuiteReport[]) => string;

/** THE list of reporters, `pretty` aside, which prints for people. Each is loaded when its form is asked for. */
export const REPORTERS = {
  json: async () => (await import("./report-json.ts")).reportJson,
  junit: async () => (await import("./report-junit.ts")).reportJunit,
  markdown: async () => (await import("./report-markdown.ts")).reportMarkdown,
  html: async () => (await import("./report-html.ts")).reportHtml,
} as const satisfies Record<string, () => Promise<Reporter>>;
