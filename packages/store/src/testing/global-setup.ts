import { once } from "node:events";
import { createServer } from "node:http";
import type { TestProject } from "vitest/node";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Asking this URL starts the run's Postgres if nobody has yet, and answers its admin URL. */
    postgresStarterUrl: string;
  }
}

/**
 * One Postgres for a whole test run, shared by its worker processes. It starts when the first test asks, so that a
 * run without database tests does not pay for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined;
  const starter = createServer((_request, response) => {
    // A worker that was busy for long would ask again on a connection that was closed as idle meanwhile.
    response.setHeader("connection", "close");
    starting ??= startPostgres();
    starting.then(
      (server) => response.end(server.adminUrl),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  starter.listen(0, "127.0.0.1");
  await once(starter, "listening");
  const address = starter.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  project.provide("postgresStarterUrl", `http://127.0.0.1:${port}/`);
  return async () => {
    starter.closeAllConnections();
    starter.close();
    await starting?.then(
      (server) => server.stop(),
      () => undefined,
    );
  };
}
