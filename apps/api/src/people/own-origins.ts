/** Where browsers find this server, which decides whose pages may speak for the people who are logged in. */
export interface OwnOrigins {
  /** For links; null until a port is open and where none ever is. */
  publicUrl(): string | null;
  isOwn(origin: string): boolean;
  /** Whether browsers come by https, so that cookies can insist on it. */
  isSecure(): boolean;
  /** Told once, when the port is open. */
  listenAt(address: { host: string; port: number }): void;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const EVERYWHERE = ["0.0.0.0", "::"];

/**
 * What the operator set, or else the address that is listened on; never what a request says of itself. Under loopback
 * all its names are one server.
 */
export function openOwnOrigins(configured: string | undefined): OwnOrigins {
  let origins = configured === undefined ? [] : [new URL(configured).origin];
  return {
    publicUrl: () => origins[0] ?? null,
    isOwn: (origin) => origins.includes(origin),
    isSecure: () => origins[0]?.startsWith("https://") === true,
    listenAt: ({ host, port }) => {
      if (configured !== undefined) return;
      const named = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
      const isLoopback = LOOPBACK.includes(named) || EVERYWHERE.includes(host);
      const hosts = isLoopback ? [...new Set([named, ...LOOPBACK])] : [named];
      // By way of URL, which leaves out the port where it is the usual one, as browsers do.
      origins = hosts
        .filter((one) => !EVERYWHERE.includes(one))
        .map((one) => new URL(`http://${one}:${port}`).origin);
    },
  };
}
