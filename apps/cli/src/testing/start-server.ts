import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface TestServer {
  url: string;
  operatorKey: string;
  dataDir: string;
  close(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../api/src/main.js", import.meta.url));

/** The real server, in its own process, on a free port and an empty data directory, without the starter tenants. */
export async function startServer(allowedHost: string): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "assay-cli-test-"));
  const server = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      ASSAY_SEED: "none",
      ASSAY_DATA_DIR: dataDir,
      ASSAY_ALLOWED_HOSTS: allowedHost,
      ASSAY_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const greeting = await readGreeting(server.stdout);
  return {
    ...greeting,
    dataDir,
    close: async () => {
      const exited = once(server, "exit");
      server.kill("SIGTERM");
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function readGreeting(stdout: AsyncIterable<Buffer>): Promise<{ url: string; operatorKey: string }> {
  let text = "";
  for await (const chunk of stdout) {
    text += chunk.toString();
    const url = /ready at (\S+)/.exec(text)?.[1];
    const operatorKey = /operator\s+(\S+)/.exec(text)?.[1];
    if (url !== undefined && operatorKey !== undefined) return { url, operatorKey };
  }
  throw new Error(`The server ended without being ready:\n${text}`);
}
