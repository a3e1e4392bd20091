import type { KeptDraft, KeptDraftChange } from "@assay/core";
import type { LocalDraft } from "./reconcile-drafts.ts";

/**
 * `untouched`: nothing to keep. `saved`: the server has it. `browserOnly`: the server could not be reached, it is tried
 * again. `parted`: another window kept another text; nothing is sent until the person has chosen.
 */
export type KeepingState = "untouched" | "saving" | "saved" | "browserOnly" | "parted";

export interface KeeperPorts {
  put(change: KeptDraftChange): Promise<KeptDraft>;
  /** What the server has now. */
  read(): Promise<KeptDraft | null>;
  writeLocal(draft: LocalDraft | null): void;
  onState(state: KeepingState): void;
  /** The server has another text than the one that this window goes on from. */
  onParted(server: KeptDraft): void;
  isConflict(error: unknown): boolean;
  now(): string;
}

const PAUSE_MS = 1_000;
const RETRY_MS = 8_000;

interface Typed {
  body: string;
  baseVersion: number | null;
}

/**
 * Keeps what is typed: in the browser at once, on the server after a pause. One request is under way at a time, and each
 * says which revision it goes on from, so that two windows never overwrite each other unseen.
 */
export class DraftKeeper {
  readonly #ports: KeeperPorts;
  #typed: Typed | null = null;
  #revision: number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #isParted = false;

  constructor(ports: KeeperPorts, revision: number | null) {
    this.#ports = ports;
    this.#revision = revision;
  }

  /** The server's revision that holds what was typed last; null while it does not. */
  get revision(): number | null {
    return this.#revision;
  }

  keep(typed: Typed): void {
    this.#typed = typed;
    this.#writeLocal(typed, false);
    if (this.#isParted) return;
    this.#ports.onState("saving");
    this.#later(PAUSE_MS);
  }

  /** Sends what is waiting; resolves when nothing is under way any more, whatever became of it. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    await this.#send();
  }

  /** Goes on from the server's text: to replace it by ours, or having taken it over. */
  goOnFrom(revision: number | null, typed: Typed | null): void {
    this.#isParted = false;
    this.#revision = revision;
    if (typed !== null) this.keep(typed);
    else this.forget(revision);
  }

  /** What was typed has become a version, or was discarded. */
  forget(revision: number | null = null): void {
    clearTimeout(this.#timer);
    this.#typed = null;
    this.#revision = revision;
    this.#isParted = false;
    this.#ports.writeLocal(null);
    this.#ports.onState("untouched");
  }

  /** The page goes; the browser has everything already. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  #writeLocal({ body, baseVersion }: Typed, isSynced: boolean): void {
    const savedAt = this.#ports.now();
    this.#ports.writeLocal({ body, baseVersion, revision: this.#revision, isSynced, savedAt });
  }

  async #send(): Promise<void> {
    await this.#sending;
    this.#sending = this.#sendOnce();
    await this.#sending;
    this.#sending = undefined;
  }

  async #sendOnce(): Promise<void> {
    const typed = this.#typed;
    if (typed === null || this.#isParted) return;
    try {
      const kept = await this.#ports.put({ ...typed, expectedRevision: this.#revision });
      this.#accept(typed, kept.revision);
    } catch (error) {
      if (this.#ports.isConflict(error)) await this.#meetOther(typed);
      else this.#waitForServer();
    }
  }

  #accept(typed: Typed, revision: number): void {
    // Forgotten meanwhile: the text is a version, and its draft went with it or stays until it is discarded.
    if (this.#typed === null) return;
    this.#revision = revision;
    if (this.#typed === typed) {
      this.#typed = null;
      this.#writeLocal(typed, true);
      this.#ports.onState("saved");
    } else {
      this.#writeLocal(this.#typed, false);
      this.#later(PAUSE_MS);
    }
  }

  async #meetOther(typed: Typed): Promise<void> {
    try {
      const server = await this.#ports.read();
      if (server === null || server.body === typed.body) {
        // Discarded elsewhere while it is written on here, or an answer of ours that got lost.
        this.#revision = server?.revision ?? null;
        this.#later(0);
        return;
      }
      this.#isParted = true;
      this.#ports.onState("parted");
      this.#ports.onParted(server);
    } catch {
      this.#waitForServer();
    }
  }

  #waitForServer(): void {
    this.#ports.onState("browserOnly");
    this.#later(RETRY_MS);
  }
}
