// Before `npm start` and `npm test`, and by every test with a browser: builds the UI when something that it is made of
// is newer than what was built.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = ["apps/web/src", "apps/web/public", "packages/client/src", "packages/core/src"];
const FILES = ["apps/web/index.html", "apps/web/vite.config.ts", "package-lock.json"];
const CACHE = `${root}node_modules/.cache`;
const LOCK = `${CACHE}/web-build.lock`;
const BUILT = `${root}apps/web/dist`;
const FRESH = `${CACHE}/web-${process.pid}`;
const OLD = `${FRESH}-old`;
const LOOK_EVERY_MS = 100;

function mtimeMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder) {
  const times = readdirSync(folder, { recursive: true }).map((name) => mtimeMs(`${folder}/${name}`));
  return Math.max(...times);
}

function isStale() {
  const changedAt = Math.max(
    ...SOURCES.map((each) => newest(root + each)),
    ...FILES.map((each) => mtimeMs(root + each)),
  );
  return mtimeMs(`${BUILT}/index.html`) < changedAt;
}

/** The lock is a file with the number of the process that builds; one that was killed leaves it behind. */
function isLeftBehind() {
  try {
    const holder = Number(readFileSync(LOCK, "utf8"));
    // Nothing is written yet in the moment after it was made.
    return holder > 0 && !process.kill(holder, 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** One builds, the others wait for it: two at once would empty each other's folder. */
function lock() {
  mkdirSync(CACHE, { recursive: true });
  for (;;) {
    try {
      return writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isLeftBehind()) rmSync(LOCK, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  }
}

function build() {
  const begunAt = new Date();
  const vite = `${root}node_modules/vite/bin/vite.js`;
  // What is served is always the real thing: called from a test, React would come with its developers' warnings.
  // biome-ignore lint/style/noProcessEnv: handed on as it is
  const env = { ...process.env, NODE_ENV: "production" };
  const options = { cwd: `${root}apps/web`, stdio: ["ignore", "ignore", "inherit"], env };
  const args = [vite, "build", "--logLevel", "error", "--outDir", FRESH, "--emptyOutDir"];
  // Under npm the project's own Node comes first on the path.
  const { status } = spawnSync("node", args, options);
  if (status !== 0) return status ?? 1;
  // What changes while it is built is newer than what was built.
  utimesSync(`${FRESH}/index.html`, begunAt, begunAt);
  // Put in place whole: nobody finds half of it.
  if (mtimeMs(BUILT) > 0) renameSync(BUILT, OLD);
  renameSync(FRESH, BUILT);
  return 0;
}

if (isStale()) {
  lock();
  try {
    process.exitCode = isStale() ? build() : 0;
  } finally {
    for (const each of [FRESH, OLD, LOCK]) rmSync(each, { recursive: true, force: true });
  }
}
