type Listener = () => void;
const listeners = new Set<Listener>();

/** Told when an answer says that nobody is logged in any more. */
export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function noticeSessionEnd(): void {
  for (const listener of listeners) listener();
}
