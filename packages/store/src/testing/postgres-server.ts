import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";

const START_ATTEMPTS_MAX = 3;
const READY = "database system is ready to accept connections";

/** Quick and forgetful: what it holds is thrown away. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "autovacuum=off",
  "max_connections=200",
  "shared_buffers=32MB",
];

/** A real Postgres in a folder of its own, on a port of its own. Stopped and removed by disposing of it. */
export interface PostgresServer extends AsyncDisposable {
  /** Connects as the superuser to the database `postgres`. */
  adminUrl: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was given.");
  return address.port;
}

function requireSuccess(result: SpawnSyncReturns<string>, command: string): void {
  if (result.status === 0) return;
  throw new Error(`${command} failed: ${result.error?.message ?? result.stderr}`);
}

function initialise(binaries: PostgresBinaries, folder: string, password: string): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const { uid, gid } = binaries.user;
  if (uid !== undefined && gid !== undefined) {
    chownSync(folder, uid, gid);
    chownSync(passwordFile, uid, gid);
  }
  const flags = ["--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-sync"];
  const result = spawnSync(
    join(binaries.binFolder, "initdb"),
    [`--pgdata=${join(folder, "data")}`, "--encoding=UTF8", "--no-locale", ...flags],
    { ...binaries.user, cwd: folder, encoding: "utf8" },
  );
  requireSuccess(result, "initdb");
}

/** Starts the server on a port; rejects with what it said when it ends instead of getting ready. */
async function launch(binaries: PostgresBinaries, folder: string, port: number): Promise<ChildProcess> {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const server = spawn(
    join(binaries.binFolder, "postgres"),
    ["-D", join(folder, "data"), "-p", String(port), ...settings],
    { ...binaries.user, cwd: folder, stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`Postgres did not start: ${said}`)));
    server.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      if (said.includes(READY)) resolve();
    });
  });
  return server;
}

async function launchOnFreePort(
  binaries: PostgresBinaries,
  folder: string,
): Promise<{ server: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { server: await launch(binaries, folder, port), port };
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (attempt === START_ATTEMPTS_MAX) throw error;
    }
  }
}

/** Ends the server and removes its folders when this process dies without doing so: its stdin closes then. */
function watchOver(server: ChildProcess, folders: string[]): ChildProcess {
  const script = 'read -r _; kill -QUIT "$1"; shift; sleep 1; rm -rf "$@"';
  const watcher = spawn("sh", ["-c", script, "sh", String(server.pid), ...folders], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Neither may keep a process alive that forgot to stop the server.
  for (const child of [server, watcher]) child.unref();
  for (const stream of [server.stderr, watcher.stdin]) {
    (stream as unknown as { unref?: () => void } | null)?.unref?.();
  }
  return watcher;
}

/** Starts a Postgres. Works as root too, without adding a user to the machine; a leftover of another run is not in its way. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findPostgresBinaries();
  const folder = mkdtempSync(join(tmpdir(), "assay-postgres-"));
  const folders = [folder, binaries.temporaryFolder].filter((path) => path !== undefined);
  const removeFolders = (): void => {
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  };
  const password = randomBytes(12).toString("hex");
  try {
    initialise(binaries, folder, password);
    const { server, port } = await launchOnFreePort(binaries, folder);
    const watcher = watchOver(server, folders);
    const stop = async (): Promise<void> => {
      watcher.kill("SIGKILL");
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, "exit");
        server.kill("SIGINT");
        server.ref();
        await exited;
      }
      removeFolders();
    };
    return {
      adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    removeFolders();
    throw error;
  }
}
