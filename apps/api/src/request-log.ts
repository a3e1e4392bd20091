import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";

export type Log = Logger;

/** Structured lines on standard error; headers and bodies are never logged, so no secret can be. */
export function createLog(level: Config["logLevel"], destination?: DestinationStream): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? standardError(),
  );
}

/** A full disk under the log must not end the process that only wanted to say something. */
function standardError(): DestinationStream {
  const stream = pino.destination(2);
  stream.on("error", () => undefined);
  return stream;
}

/** One wide line per request. `path` is the route's pattern, so that ids and names stay out of the log. */
export interface RequestLine {
  requestId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  tenantId?: string | undefined;
  keyId?: string | undefined;
  userId?: string | undefined;
  code?: string | undefined;
}
