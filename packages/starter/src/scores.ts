import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createAnswerer } from "./answerer.ts";
import { findFileFaults } from "./manifest.ts";
import { isMet, measureStarter } from "./measurements.ts";
import { scoreReport, TABLE_HEAD, tableRow } from "./score-report.ts";
import { STARTER } from "./starter.ts";

/**
 * Prints what the shipped files score through llama.cpp, row by row; `--json FILE` also writes it as JSON.
 * Returns the exit code: 0, or 1 when a file is not the manifest's or a target is missed.
 */
async function printScores(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: "string" } } });
  const faults = findFileFaults();
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    return 1;
  }
  const answerer = await createAnswerer(STARTER.model.path);
  console.log(TABLE_HEAD);
  const rows = await measureStarter(answerer, (row) => console.log(tableRow(row)));
  await answerer.close();
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(scoreReport(rows), null, 2)}\n`);
  }
  return rows.some((row) => isMet(row) === false) ? 1 : 0;
}

process.exitCode = await printScores();
