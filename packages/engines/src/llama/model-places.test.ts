import { beforeEach, expect, test } from "vitest";
import { type Claim, MODELS_MAX, MODELS_PER_TENANT_MAX, ModelPlaces } from "./model-places.ts";

interface Host {
  name: string;
  active: number;
  lastUsedAt: number;
}

let clock: number;
let awaited: Set<string>;
let ended: string[];
let places: ModelPlaces<Host>;

beforeEach(() => {
  clock = 0;
  awaited = new Set();
  ended = [];
  places = new ModelPlaces<Host>({
    open: ({ target }) => ({ name: target.modelSha256, active: 0, lastUsedAt: ++clock }),
    end: ({ name }) => ended.push(name),
    awaited: () => awaited,
  });
});

const claim = (tenantId: string, modelSha256: string, shared = false): Claim => ({
  tenantId,
  target: { modelSha256, shared },
});

/** Asks for a model as the engine does: it waits until it has its host, and then is at work. */
function ask(one: Claim): Host | undefined {
  const { modelSha256 } = one.target;
  awaited.add(modelSha256);
  const host = places.hostFor(one);
  if (!host) return undefined;
  awaited.delete(modelSha256);
  host.active++;
  host.lastUsedAt = ++clock;
  places.used(one);
  return host;
}

function finish(host: Host | undefined): void {
  if (host) host.active--;
  places.settle();
}

const askAll = (tenantId: string, count: number) =>
  Array.from({ length: count }, (_, index) => ask(claim(tenantId, `${tenantId}${index}`)));

test("a tenant's models never take more than its share, even while other places are free", () => {
  const [first] = askAll("a", MODELS_PER_TENANT_MAX);
  expect(ask(claim("a", "a9"))).toBeUndefined();
  expect(places.hosts).toHaveLength(MODELS_PER_TENANT_MAX);
  finish(first);
  expect(ended).toEqual(["a0"]);
  expect(ask(claim("a", "a9"))).toBeDefined();
});

test("a model that makes way takes nothing new, and its place goes to whom it was promised", () => {
  const [first] = askAll("a", MODELS_PER_TENANT_MAX);
  ask(claim("a", "a9"));
  expect(ask(claim("a", "a0"))).toBeUndefined();
  finish(first);
  expect(places.get("a9")).toBeDefined();
  expect(places.get("a0")).toBeUndefined();
});

test("a model no longer waited for takes nobody's place", () => {
  askAll("a", MODELS_PER_TENANT_MAX);
  ask(claim("a", "a9"));
  awaited.delete("a9");
  expect(places.settle()).toBe(true);
  expect(ask(claim("a", "a0"))).toBeDefined();
  expect(ended).toEqual([]);
});

test("an idle model of the operator, or one that several tenants use, stays for a tenant's own", () => {
  finish(ask(claim("a", "shared", true)));
  finish(ask(claim("a", "common")));
  finish(ask(claim("b", "common")));
  for (const tenantId of ["a", "b"]) for (const host of askAll(tenantId, 3)) finish(host);
  expect(places.hosts).toHaveLength(MODELS_MAX);
  for (const tenantId of ["c", "d", "e"]) expect(ask(claim(tenantId, tenantId))).toBeDefined();
  expect(ended).not.toContain("shared");
  expect(ended).not.toContain("common");
});

test("the tenant with the most models gives up its idle one, however lately it was used", () => {
  for (const tenantId of ["b", "c", "d", "e"]) finish(ask(claim(tenantId, tenantId)));
  for (const host of askAll("a", 4)) finish(host);
  expect(ask(claim("f", "f"))).toBeDefined();
  expect(ended).toEqual(["a0"]);
});

test("where none is idle the operator's model gets the least recently used one of whoever holds most", () => {
  const ofA = askAll("a", 4);
  askAll("b", 3);
  askAll("c", 1);
  finish(ofA[0]);
  ask(claim("a", "a0"));
  expect(ask(claim("z", "shared", true))).toBeUndefined();
  finish(ofA[1]);
  expect(ended).toEqual(["a1"]);
  expect(ask(claim("z", "shared", true))).toBeDefined();
});

test("a tenant takes no place of one that holds hardly more: it changes its own", () => {
  askAll("a", 4);
  const ofB = askAll("b", 3);
  askAll("c", 1);
  expect(ask(claim("b", "b9"))).toBeUndefined();
  finish(ofB[0]);
  expect(ended).toEqual(["b0"]);
});

test("where the operator's models have every place, one gives way", () => {
  const hosts = Array.from({ length: MODELS_MAX }, (_, index) => ask(claim("z", `shared${index}`, true)));
  expect(ask(claim("a", "a"))).toBeUndefined();
  finish(hosts[0]);
  expect(ended).toEqual(["shared0"]);
  expect(ask(claim("a", "a"))).toBeDefined();
});
