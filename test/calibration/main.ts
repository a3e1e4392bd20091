import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { CELLS, QUICK_CELLS } from "./cells.ts";
import { ALPHA, type CellResult, faultsOf, type Rate, simulateCell } from "./simulate-cell.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    simulations: { type: "string", default: "10000" },
    cells: { type: "string", default: "all" },
  },
});
const simulations = Number(values.simulations);
const cells = values.cells === "quick" ? QUICK_CELLS : CELLS;
if (!Number.isInteger(simulations) || simulations < 100 || !["quick", "all"].includes(values.cells)) {
  console.error(
    "usage: npm run evals:calibration -- [--json FILE] [--simulations N ≥ 100] [--cells quick|all]",
  );
  process.exit(2);
}

console.log(
  `${simulations} simulated promotions per cell, in percent with the simulation's own 95 % interval.\n`,
);
console.log(
  "| cell | wrong promotions | missed | announced | coverage | narrowest possible | naive mean | ten looks | cases used | |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
const results = cells.map((cell) => {
  const result = simulateCell(cell, simulations);
  console.log(rowOf(result));
  return result;
});
if (values.json !== undefined) {
  const machine = `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, Node ${process.version}`;
  const rows = results.flatMap(jsonRows);
  writeFileSync(values.json, `${JSON.stringify({ name: "evals-calibration", machine, rows }, null, 2)}\n`);
}
const wrong = results.filter(({ cell, errors }) => cell.promotion === "wrong" && errors.lower > ALPHA);
console.log(`\n${wrong.length} cells promote wrongly more often than 5 %, beyond the simulation's interval.`);
process.exitCode = wrong.length > 0 ? 1 : 0;

function rowOf(result: CellResult): string {
  const { cell, errors, coverage, attainable, announced, naiveMean, peeking, used } = result;
  const columns = [
    cell.name,
    cell.promotion === "wrong" ? rate(errors) : "",
    cell.promotion === "right" ? rate(errors) : "",
    announced === null ? "" : percent(1 - announced),
    rate(coverage),
    percent(attainable),
    percent(naiveMean),
    percent(peeking),
    percent(used),
    [...faultsOf(result), ...remarksOf(result)].join("; "),
  ];
  return `| ${columns.join(" | ")} |`;
}

function remarksOf({ coverage, attainable }: CellResult): string[] {
  const isLattice = attainable > 0.97 && coverage.lower > 0.97;
  return isLattice ? ["too few values are possible for 97 % or less"] : [];
}

function rate({ share, lower, upper }: Rate): string {
  return `${percent(share)} (${percent(lower)} to ${percent(upper)})`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function jsonRows({ cell, errors, coverage, attainable, announced, naiveMean }: CellResult) {
  const row = { unit: "share", peer: null, ratio: null };
  const wrong = {
    ...row,
    work: `${cell.name}: wrong promotions`,
    peer: naiveMean,
    ours: errors.share,
    ratio: naiveMean > 0 ? errors.share / naiveMean : null,
    target: `at most ${ALPHA}`,
    met: errors.lower <= ALPHA,
  };
  const missed = {
    ...row,
    work: `${cell.name}: missed promotions`,
    ours: errors.share,
    target: announced === null ? "none" : `${(1 - announced).toFixed(3)} ± 0.03`,
    met: announced === null || Math.abs(errors.share - (1 - announced)) <= 0.03,
  };
  const isLattice = attainable > 0.97;
  const covered = {
    ...row,
    work: `${cell.name}: coverage of the 95 % interval`,
    ours: coverage.share,
    target: isLattice ? "at least 0.935 (too few values are possible for 0.97 or less)" : "0.935 to 0.97",
    met: coverage.upper >= 0.935 && (isLattice || coverage.lower <= 0.97),
  };
  return [cell.promotion === "wrong" ? wrong : missed, covered];
}
