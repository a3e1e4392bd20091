import type { LocalTarget } from "@assay/core";

/** Every model in use has a process of its own. */
export const MODELS_MAX = 8;
/** How many of them may serve one tenant's own models. */
export const MODELS_PER_TENANT_MAX = MODELS_MAX / 2;
/** For how long a tenant counts as a user of a model after its last request. */
const RECENT_MS = 10 * 60_000;

/** What the places must know of a model's host. */
export interface PlacedHost {
  readonly active: number;
  readonly lastUsedAt: number;
}

/** Who asks for a place, and for which model. */
export interface Claim {
  tenantId: string;
  target: Pick<LocalTarget, "modelSha256" | "shared">;
}

interface Place<H> {
  sha256: string;
  host: H;
  isShared: boolean;
  /** Tenants by the time of their last request, the latest last. */
  users: Map<string, number>;
  hasServed: boolean;
}

export interface ModelPlacesOptions<H> {
  open: (claim: Claim) => H;
  end: (host: H) => void;
  /** The models that requests wait for. */
  awaited: () => ReadonlySet<string>;
}

/**
 * The places for models and who holds them. A tenant holds at most half of them with models of its own, and takes
 * none from models that several tenants use. Where all are taken, the tenant that holds most gives one up: an idle
 * one at once, otherwise its least recently used one, which takes nothing new until it is done and then makes way.
 */
export class ModelPlaces<H extends PlacedHost> {
  readonly #options: ModelPlacesOptions<H>;
  readonly #places = new Map<string, Place<H>>();
  /** One at a time: the model that makes way, and for whom. */
  #handover: { from: string; to: Claim } | undefined;

  constructor(options: ModelPlacesOptions<H>) {
    this.#options = options;
  }

  get hosts(): H[] {
    return [...this.#places.values()].map(({ host }) => host);
  }

  get(sha256: string): H | undefined {
    return this.#places.get(sha256)?.host;
  }

  /** The host that may take a request now, opened where there is room for it; undefined while it has to wait. */
  hostFor(claim: Claim): H | undefined {
    const { modelSha256 } = claim.target;
    const known = this.#places.get(modelSha256);
    if (known) {
      known.isShared ||= claim.target.shared === true;
      return this.#handover?.from === modelSha256 ? undefined : known.host;
    }
    return this.#makeRoom(claim) ? this.#open(claim) : undefined;
  }

  /** Tells that a host has taken a request. */
  used({ tenantId, target }: Claim): void {
    const place = this.#places.get(target.modelSha256);
    if (!place) return;
    place.hasServed = true;
    place.users.delete(tenantId);
    place.users.set(tenantId, performance.now());
  }

  /**
   * Completes a handover whose model is done, or calls it off when nobody waits for it any more. Answers whether
   * anything changed.
   */
  settle(): boolean {
    if (!this.#handover) return false;
    const { from, to } = this.#handover;
    const { modelSha256 } = to.target;
    const isNeeded = this.#options.awaited().has(modelSha256) && !this.#places.has(modelSha256);
    if (isNeeded && (this.get(from)?.active ?? 0) > 0) return false;
    this.#handover = undefined;
    if (!isNeeded) return true;
    this.#close(from);
    this.#open(to);
    return true;
  }

  clear(): void {
    this.#handover = undefined;
    for (const sha256 of [...this.#places.keys()]) this.#close(sha256);
  }

  #open(claim: Claim): H {
    const { modelSha256, shared } = claim.target;
    const host = this.#options.open(claim);
    const users = new Map([[claim.tenantId, performance.now()]]);
    const place = { sha256: modelSha256, host, isShared: shared === true, users, hasServed: false };
    this.#places.set(modelSha256, place);
    return host;
  }

  #close(sha256: string): void {
    const place = this.#places.get(sha256);
    this.#places.delete(sha256);
    if (place) this.#options.end(place.host);
  }

  #makeRoom(claim: Claim): boolean {
    const held = this.#heldByTenant();
    const own = held.get(claim.tenantId)?.length ?? 0;
    const isAtShare = claim.target.shared !== true && own >= MODELS_PER_TENANT_MAX;
    if (!isAtShare && this.#places.size < MODELS_MAX) return true;
    const groups = isAtShare ? [held.get(claim.tenantId) ?? []] : [...held.values()];
    groups.sort((one, other) => other.length - one.length);
    // Where several tenants' models have taken every place, one of them gives way: nobody is shut out for good.
    const candidates = held.size === 0 ? [[...this.#places.values()]] : groups;
    const awaited = this.#options.awaited();
    for (const group of candidates) {
      const idle = oldestOf(group.filter(({ sha256, host }) => host.active === 0 && !awaited.has(sha256)));
      if (!idle || this.#handover?.from === idle.sha256) continue;
      this.#close(idle.sha256);
      return true;
    }
    this.#beginHandover(claim, candidates);
    return false;
  }

  #beginHandover(to: Claim, [largest = []]: Place<H>[][]): void {
    if (this.#handover) return;
    const held = this.#heldByTenant();
    const own = to.target.shared ? [] : (held.get(to.tenantId) ?? []);
    // Taking from a tenant that holds hardly more would only turn the two round and round.
    const group = own.length === 0 || largest.length > own.length + 1 ? largest : own;
    const from = oldestOf(group.filter(({ hasServed }) => hasServed));
    if (from) this.#handover = { from: from.sha256, to };
  }

  /** The places that serve one tenant alone. */
  #heldByTenant(): Map<string, Place<H>[]> {
    const held = new Map<string, Place<H>[]>();
    for (const place of this.#places.values()) {
      const holder = holderOf(place);
      if (holder !== undefined) held.set(holder, [...(held.get(holder) ?? []), place]);
    }
    return held;
  }
}

function holderOf<H>({ isShared, users }: Place<H>): string | undefined {
  const since = performance.now() - RECENT_MS;
  for (const [tenantId, at] of users) if (at < since && users.size > 1) users.delete(tenantId);
  const [only] = users.keys();
  return isShared || users.size > 1 ? undefined : only;
}

function oldestOf<H extends PlacedHost>(places: Place<H>[]): Place<H> | undefined {
  return places.toSorted((one, other) => one.host.lastUsedAt - other.host.lastUsedAt)[0];
}
