import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A file one can hold in one's head. Functions are bounded by the linter. */
const LINES_MAX = 300;

const files = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx", "*.mjs", "*.js", "*.py"],
  {
    encoding: "utf8",
  },
)
  .split("\n")
  .filter((file) => file !== "" && !file.includes("/migrations/"));

const tooLong = files
  .map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length - 1 }))
  .filter(({ lines }) => lines > LINES_MAX);

for (const { file, lines } of tooLong)
  console.error(`${file} has ${lines} lines; at most ${LINES_MAX}. Split it by what it does.`);
if (tooLong.length > 0) process.exit(1);
