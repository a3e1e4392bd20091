// Before `npm start` and `npm test`: builds the UI when something that it is made of is newer than what was built.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = ["apps/web/src", "apps/web/public", "packages/client/src", "packages/core/src"];
const FILES = ["apps/web/index.html", "apps/web/vite.config.ts", "package-lock.json"];

function mtimeMs(path) {
  return statSync(root + path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder) {
  const times = readdirSync(root + folder, { recursive: true }).map((name) => mtimeMs(`${folder}/${name}`));
  return Math.max(...times);
}

const builtAt = mtimeMs("apps/web/dist/index.html");
const changedAt = Math.max(...SOURCES.map(newest), ...FILES.map(mtimeMs));
if (builtAt < changedAt) {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  // What is served is always the real thing: called from a test, React would come with its developers' warnings.
  // biome-ignore lint/style/noProcessEnv: handed on as it is
  const env = { ...process.env, NODE_ENV: "production" };
  const options = { cwd: `${root}apps/web`, stdio: ["ignore", "ignore", "inherit"], env };
  // Under npm the project's own Node comes first on the path.
  const { status } = spawnSync("node", [vite, "build", "--logLevel", "error"], options);
  process.exit(status ?? 1);
}
