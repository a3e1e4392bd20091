import { expect, it } from "vitest";
import { z } from "zod";
import { reportJson } from "../reporters/report-json.ts";
import {
  aBrokenSuite,
  aComparedSuite,
  aFinishedSuite,
  aSkippedSuite,
  FAILED_VERDICT,
  PASSED_VERDICT,
} from "../testing/sample-report.ts";
import { EvalReport } from "./report-schema.ts";

it("is what the JSON reporter writes, without a member that the schema does not know", () => {
  const reports = [
    aFinishedSuite(PASSED_VERDICT),
    aComparedSuite(FAILED_VERDICT),
    aBrokenSuite(),
    aSkippedSuite(),
  ];
  const written: unknown = JSON.parse(reportJson(reports));
  expect(EvalReport.parse(written)).toEqual(written);
});

it("is published for other programs as docs/report.schema.json (vitest -u writes it anew)", async () => {
  const schema = z.toJSONSchema(EvalReport, { io: "output", target: "draft-2020-12", reused: "ref" });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    "../../../../docs/report.schema.json",
  );
});
