import { describe, expect, it } from "vitest";
import { outcomeOf } from "../eval/eval-report.ts";
import { createOutput } from "../output.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import {
  aBrokenSuite,
  aComparedSuite,
  aFinishedSuite,
  aSkippedSuite,
  FAILED_VERDICT,
  PASSED_VERDICT,
} from "../testing/sample-report.ts";
import { REPORTERS } from "./index.ts";
import { printPretty } from "./print-pretty.ts";
import { reportHtml } from "./report-html.ts";
import { reportJson } from "./report-json.ts";
import { reportJunit } from "./report-junit.ts";
import { reportMarkdown } from "./report-markdown.ts";

const HOSTILE =
  "\u001b[2J\u202e</code><script>alert(1)</script>|@admin [x](http://evil) ![i](http://evil/p.png) `a` **b** #1 www.evil.com ]]>&<\u0000\ud800";
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

function pretty(reports: Parameters<typeof printPretty>[1]): string {
  const io = openMemoryIo();
  printPretty(createOutput(io, true), reports);
  return io.written.stdout;
}

describe("each report of a failed, a passed and a broken suite", () => {
  const reports = [
    aComparedSuite(FAILED_VERDICT),
    aFinishedSuite(PASSED_VERDICT),
    aBrokenSuite(),
    aSkippedSuite(),
  ];

  it("is for people as the golden file says", async () => {
    await expect(pretty(reports)).toMatchFileSnapshot("golden/report.txt");
  });

  // Not .json: the formatter would lay it out anew.
  it.each([
    ["json", "json.golden"],
    ["junit", "xml"],
    ["markdown", "md"],
  ] as const)("is as %s what the golden file says", async (reporter, ending) => {
    await expect((await REPORTERS[reporter]())(reports)).toMatchFileSnapshot(`golden/report.${ending}`);
  });
});

describe("a suite whose run passes while the label could not move", () => {
  const report = { ...aFinishedSuite(PASSED_VERDICT), promotion: FAILED_VERDICT };

  it("is as red in JUnit as its exit code", () => {
    expect(outcomeOf(report)).toBe("failed");
    expect(reportJunit([report])).toMatch(/classname="[^"]*\.promotion"[^>]*>\s*<failure/);
  });

  it("is not red for an approval that is missing", () => {
    const approval = { clause: "approval", outcome: "fail", value: null, bound: null, message: "-" } as const;
    const open = { ...report, promotion: { outcome: "fail" as const, clauses: [approval] } };
    expect(outcomeOf(open)).toBe("passed");
    expect(reportJunit([open])).not.toContain("<failure");
  });
});

describe("a part of a gated suite whose tests all pass", () => {
  const whole = aFinishedSuite(null);
  const part = { cases: 20, of: 400, hasGate: true };
  const report = { ...whole, results: whole.results.slice(0, 1), part };
  const said = "20 of 400 cases; the gate was not asked; a part is never evidence.";

  it("is told as a part by every report, and never as a passed gate", () => {
    expect(pretty([report])).toContain(said);
    expect(pretty([report]).trimEnd().endsWith("PART PASSED: the gate was not asked")).toBe(true);
    expect(reportMarkdown([report])).toContain(said);
    expect(reportMarkdown([report])).not.toContain("Without a gate");
    expect(reportMarkdown([report])).toContain("part passed, the gate was not asked");
    expect(reportHtml([report])).toContain(said);
    expect(reportHtml([report])).not.toContain("Evaluation passed");
    expect(reportJunit([report])).toContain(said);
    expect(JSON.parse(reportJson([report])).suites[0].part).toEqual(part);
  });

  it("ends in another word where one of them fails", () => {
    expect(pretty([{ ...whole, part }])).toContain("PART FAILED: the gate was not asked");
  });
});

describe("what a model wrote", () => {
  const reports = [aComparedSuite(FAILED_VERDICT, HOSTILE), aBrokenSuite(HOSTILE)];

  it("cannot reach the terminal as a command", () => {
    expect(pretty(reports)).not.toMatch(CONTROL);
  });

  it("stays text in Markdown: no tag, link, mention, image or further cell", () => {
    const markdown = reportMarkdown(reports);
    expect(markdown).not.toMatch(CONTROL);
    const withoutOurs = markdown.replaceAll(
      /^> |<\/?(code|details|summary|sub)>|\*\*|\[0\.\d+, \d\.\d+\]/gm,
      "",
    );
    expect(withoutOurs).not.toMatch(/[<>`[\]@*!]|https?:|www\./);
    const borders = new Set(
      markdown
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((row) => row.split("|").length - 2),
    );
    expect([...borders]).toEqual([3, 4, 5]);
  });

  it("stays text in XML", () => {
    const xml = reportJunit(reports);
    expect(xml).not.toMatch(CONTROL);
    expect(xml.split("]]>")).toHaveLength(xml.split("<![CDATA[").length);
    expect(xml.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, "")).not.toContain("<script");
    expect(xml.isWellFormed()).toBe(true);
  });

  it("reaches machines unchanged", () => {
    const parsed = JSON.parse(reportJson(reports)) as {
      schema: string;
      suites: { results?: { caseKey: string }[] }[];
    };
    expect(parsed.schema).toBe("assay.eval/1");
    expect(parsed.suites[0]?.results?.[1]?.caseKey).toBe(HOSTILE);
  });
});

describe("a comment on a pull request", () => {
  const LENGTH_MAX = 65_536;

  it("never is longer than GitHub takes, and gives up details before verdicts", () => {
    const noisy = aComparedSuite(FAILED_VERDICT, "&".repeat(200));
    const many = Array.from({ length: 40 }, (_, n) => ({ ...noisy, suite: `suite-${n}` }));
    const markdown = reportMarkdown(many);
    expect(markdown.length).toBeLessThan(LENGTH_MAX);
    expect(markdown).toContain("## suite-39: ❌ failed");
    expect(markdown).toContain("left out here for want of room");
    const far = Array.from({ length: 5_000 }, (_, n) => ({ ...noisy, suite: `suite-${n}` }));
    const headlines = reportMarkdown(far);
    expect(headlines.length).toBeLessThan(LENGTH_MAX);
    expect(headlines).toMatch(/- ❌ failed: suite-0\n[\s\S]*… and \d+ more suites/);
  });
});
