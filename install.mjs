// Runs on the machine's own Node (20 or newer) before `npm start` and `npm test`: installs exactly what the
// lockfile says when that has not happened yet, and otherwise costs a few milliseconds.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

const CUDA_PACKAGES = ["@node-llama-cpp/linux-x64-cuda", "@node-llama-cpp/linux-x64-cuda-ext"];

function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled() {
  const marker = "node_modules/.package-lock.json";
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync("package-lock.json").mtimeMs;
}

// The checkout leaves out the CUDA binaries (540 MB) by an override in package.json; npm refuses to install an
// overridden package directly, so they are unpacked from the registry's own tarballs.
function installCuda() {
  const { version } = JSON.parse(readFileSync("node_modules/node-llama-cpp/package.json", "utf8"));
  for (const name of CUDA_PACKAGES) {
    const target = `node_modules/${name}`;
    run("sh", [
      "-c",
      `rm -rf ${target} && mkdir -p ${target} && npm pack --silent ${name}@${version} --pack-destination node_modules | tail -1 | xargs -I{} tar -xzf node_modules/{} -C ${target} --strip-components=1 && rm -f node_modules/*.tgz`,
    ]);
  }
}

if (!isInstalled()) {
  console.log("Installing dependencies (first run only)…");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}
if (process.argv.includes("--cuda")) installCuda();
