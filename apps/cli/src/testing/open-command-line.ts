import { runCli } from "../run-cli.ts";
import { type MemoryIo, openMemoryIo } from "./memory-io.ts";
import { startServer, type TestServer } from "./start-server.ts";

export interface CommandLine {
  server: TestServer;
  /** Runs a command, its words apart by spaces, with the key of `shop` or another. */
  assay(line: string, asKey?: string): Promise<MemoryIo["written"] & { code: number }>;
  close(): Promise<void>;
}

/** A real server with the tenant `shop` and no model, and the command line against it. */
export async function openCommandLine(): Promise<CommandLine> {
  const server = await startServer("");
  const run = async (line: string, key: string) => {
    const io = openMemoryIo({ variables: { ASSAY_URL: server.url, ASSAY_KEY: key } });
    return { code: await runCli(line.split(" "), io), ...io.written };
  };
  const key = (await run("tenants create shop", server.operatorKey)).stdout.trim();
  return { server, assay: (line, asKey = key) => run(line, asKey), close: server.close };
}
