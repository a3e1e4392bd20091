/**
 * Controllers that are aborted together with a signal. The signal has one listener however many follow it: its
 * listeners are kept in a list that is walked for each that comes or goes, and `AbortSignal.any` costs as much as a
 * small case.
 */
export class AbortFollowers {
  readonly #controllers = new Set<AbortController>();

  /** Those of this signal. */
  static of(signal: AbortSignal): AbortFollowers {
    let followers = followersOf.get(signal);
    if (followers === undefined) {
      followers = new AbortFollowers(signal);
      followersOf.set(signal, followers);
    }
    return followers;
  }

  private constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#abort(signal.reason), { once: true });
  }

  /** A new one, which follows until it is given back. The signal must not be aborted yet. */
  open(): AbortController {
    const controller = new AbortController();
    this.#controllers.add(controller);
    return controller;
  }

  giveBack(controller: AbortController): void {
    this.#controllers.delete(controller);
  }

  #abort(reason: unknown): void {
    for (const controller of this.#controllers) controller.abort(reason);
  }
}

const followersOf = new WeakMap<AbortSignal, AbortFollowers>();
