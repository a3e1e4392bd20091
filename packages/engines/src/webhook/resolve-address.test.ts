import type { LookupAddress, LookupOptions } from "node:dns";
import { expect, test } from "vitest";
import { AddressRefused, isPublicAddress, publicLookup } from "./resolve-address.ts";

test.each(["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "172.32.0.1", "100.63.0.1"])(
  "%s is on the public internet",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

test.each([
  ...[
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
  ],
  ...["0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1"],
  ...["::1", "::", "fe80::1", "fd00::1", "fc00::1", "ff02::1", "2001:db8::1", "64:ff9b::a9fe:a9fe"],
  ...["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::7f00:1", "2002:7f00:1::"],
  ...["not an address", "", "127.1", "0x7f.0.0.1", "2130706433"],
])("%s is not", (address) => expect(isPublicAddress(address)).toBe(false));

type Resolve = Parameters<typeof publicLookup>[0] & object;

/** Answers each question with the next list. */
function resolving(...answers: string[][]): { resolve: Resolve; asked: number } {
  const state = { asked: 0, resolve: undefined as unknown as Resolve };
  state.resolve = ((_host: string, _options: LookupOptions, done: (e: null, a: LookupAddress[]) => void) => {
    const addresses = answers[Math.min(state.asked, answers.length - 1)] ?? [];
    state.asked += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as Resolve;
  return state;
}

function lookUp(resolve: Resolve, all: boolean): Promise<unknown> {
  return new Promise((settle, reject) => {
    publicLookup(resolve)("host.example", { all }, (error, address, family) => {
      if (error) reject(error);
      else settle(all ? address : { address, family });
    });
  });
}

test("a socket gets the very addresses that were checked, from one look-up", async () => {
  const names = resolving(["93.184.216.34", "8.8.8.8"], ["127.0.0.1"]);
  expect(await lookUp(names.resolve, true)).toEqual([
    { address: "93.184.216.34", family: 4 },
    { address: "8.8.8.8", family: 4 },
  ]);
  expect(names.asked).toBe(1);
  expect(await lookUp(resolving(["8.8.8.8"]).resolve, false)).toEqual({ address: "8.8.8.8", family: 4 });
});

test.each([[["127.0.0.1"]], [["93.184.216.34", "169.254.169.254"]], [["::1"]], [[]]])(
  "a name that means %j is refused, whatever else it means",
  async (addresses) => {
    const { resolve } = resolving(addresses);
    await expect(lookUp(resolve, true)).rejects.toBeInstanceOf(AddressRefused);
    await expect(lookUp(resolve, false)).rejects.toBeInstanceOf(AddressRefused);
  },
);
