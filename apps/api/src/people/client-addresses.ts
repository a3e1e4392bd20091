import { BlockList, isIP, SocketAddress } from "node:net";

/** Whose request it is, as far as an address can say. */
export interface ClientAddresses {
  /** @param forwardedFor the header `X-Forwarded-For`. Null for a request that came through no socket. */
  of(request: { socketAddress: string | undefined; forwardedFor: string | undefined }): string | null;
}

/** More hops than any request has; what is further to the left is not read. */
const HOPS_MAX = 16;
const MAPPED = "::ffff:";
/** `1.2.3.4:5678` and `[2001:db8::1]:5678`, as some proxies write them. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/;

/**
 * A proxy says whom it speaks for in a header that anybody can write. So it is read from its right end, which the
 * nearest proxy wrote, and only as far as the hops are addresses that the operator trusts.
 */
export function openClientAddresses(trustedProxies: readonly string[]): ClientAddresses {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const range = parseRange(proxy);
    if (range === undefined) throw new Error(`"${proxy}" is neither an address nor a range of them.`);
    trusted.addSubnet(range.address, range.bits, range.family);
  }
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

  return {
    of: ({ socketAddress, forwardedFor }) => {
      const nearest = plainAddress(socketAddress ?? "");
      if (nearest === undefined) return null;
      let client: string = nearest;
      const hops = (forwardedFor ?? "").split(",").slice(-HOPS_MAX).reverse();
      for (const hop of hops) {
        const before: string | undefined = isTrusted(client) ? plainAddress(hop) : undefined;
        if (before === undefined) break;
        client = before;
      }
      return client;
    },
  };
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address; undefined for anything else. */
export function parseRange(text: string) {
  const [head = "", bitsText, ...more] = text.split("/");
  const address = plainAddress(head);
  if (address === undefined || more.length > 0) return undefined;
  const family = isIP(address) === 6 ? ("ipv6" as const) : ("ipv4" as const);
  const bitsMax = family === "ipv6" ? 128 : 32;
  // Of a mapped address the bits would count from elsewhere.
  if (bitsText !== undefined && (!/^\d{1,3}$/.test(bitsText) || head.toLowerCase().startsWith(MAPPED)))
    return undefined;
  const bits = bitsText === undefined ? bitsMax : Number(bitsText);
  return bits <= bitsMax ? { address, bits, family } : undefined;
}

/** One spelling for each address: IPv6 in its shortest form, and IPv4 that is written as IPv6 as what it is. */
function plainAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const [, bracketed, dotted] = WITH_PORT.exec(trimmed) ?? [];
  const [bare = ""] = (bracketed ?? dotted ?? trimmed).split("%", 1);
  const version = isIP(bare);
  if (version === 0) return undefined;
  if (version === 4) return bare;
  const { address } = new SocketAddress({ address: bare, family: "ipv6" });
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : "";
  return isIP(mapped) === 4 ? mapped : address;
}
