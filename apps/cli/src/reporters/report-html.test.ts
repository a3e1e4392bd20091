import { describe, expect, it } from "vitest";
import {
  aBrokenSuite,
  aComparedSuite,
  aFinishedSuite,
  aSkippedSuite,
  FAILED_VERDICT,
  PASSED_VERDICT,
} from "../testing/sample-report.ts";
import { reportHtml } from "./report-html.ts";

const HOSTILE = `\u0000\u001b[2J\u202e</pre></details><script>alert(1)</script><img src=x onerror="alert(2)">'"&<style>*{}</style>\ud800 ${"a".repeat(1_000_000)}`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe("the page", () => {
  it("is as the golden file says", async () => {
    const page = reportHtml([
      aComparedSuite(FAILED_VERDICT),
      aFinishedSuite(PASSED_VERDICT),
      aBrokenSuite(),
      aSkippedSuite(),
    ]);
    await expect(page).toMatchFileSnapshot("golden/report.html.golden");
  });

  it("asks nothing of the network and lets nothing run but its own filter", () => {
    const page = reportHtml([aComparedSuite(FAILED_VERDICT)]);
    expect(page).toMatch(
      /content="default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'"/,
    );
    expect(page).not.toMatch(/\b(src|href|style|on\w+)=/);
    expect(page).not.toMatch(/https?:/);
  });
});

describe("what a model wrote", () => {
  const page = reportHtml([aComparedSuite(FAILED_VERDICT, HOSTILE), aBrokenSuite(HOSTILE)]);

  it("stays text: the page has the tags and attributes of a harmless one", () => {
    const shape = (text: string) => text.match(/<[^>]*>/g)?.map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));
    const harmless = reportHtml([aComparedSuite(FAILED_VERDICT), aBrokenSuite()]);
    expect(shape(page)).toEqual(shape(harmless));
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it("carries no control character, turns no text around and is well-formed", () => {
    expect(page).not.toMatch(CONTROL);
    expect(page.isWellFormed()).toBe(true);
  });

  it("is cut where it is long, and says how much is left out", () => {
    expect(page.length).toBeLessThan(250_000);
    expect(page).toMatch(/… and 99\d{4} more characters/);
  });
});

it("bounds how many cases a page shows, those that did not pass first", () => {
  const report = aFinishedSuite(PASSED_VERDICT);
  const [passed, below] = report.results;
  if (passed === undefined || below === undefined) throw new Error("the sample has results");
  const results = [...Array.from({ length: 5_000 }, () => passed), below];
  const page = reportHtml([{ ...report, results }]);
  expect(page.match(/<details class="case"/g)).toHaveLength(1_000);
  expect(page.indexOf('data-state="below"')).toBeLessThan(page.indexOf('data-state="passed"'));
  expect(page).toContain("… and 4001 more, which the JSON report has.");
});
