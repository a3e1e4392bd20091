/** Requests without a port, inside another process, are all from here. */
const HERE = "here";
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** What is counted of an address: one subscriber has a whole /64 of IPv6, so its addresses count as one. */
export function networkOf(address: string | null): string {
  if (address === null) return HERE;
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  const [head = "", tail = ""] = address.split("::");
  const front = head.split(":").filter((group) => group !== "");
  const back = tail.split(":").filter((group) => group !== "");
  const missing = Math.max(0, GROUPS - front.length - back.length);
  const zeros = address.includes("::") ? Array<string>(missing).fill("0") : [];
  return [...front, ...zeros, ...back].slice(0, NETWORK_GROUPS).join(":");
}
