import type { Draft } from "./draft.ts";

const DATABASE = "assay-drafts";
const STORE = "datasets";

/** Other tabs of the browser show the same draft. */
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(DATABASE);

/** Whose draft of what: drafts of another person, tenant or dataset are never mixed up. */
export function draftKey(of: { userId: string; tenant: string; dataset: string }): string {
  return JSON.stringify([of.userId, of.tenant, of.dataset]);
}

/** The draft that this browser keeps, if any. A browser that keeps nothing has none. */
export async function loadDraft(key: string): Promise<Draft | undefined> {
  try {
    return (await run("readonly", (store) => store.get(key))) as Draft | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft, or forgets it where none is given. Rejects where the browser cannot keep it. */
export async function saveDraft(key: string, draft: Draft | undefined): Promise<void> {
  await run(
    "readwrite",
    (store): IDBRequest => (draft === undefined ? store.delete(key) : store.put(draft, key)),
  );
  channel?.postMessage(key);
}

/** Told when another tab has saved. */
export function onOtherTab(listener: (key: string) => void): () => void {
  const hear = (event: MessageEvent) => listener(String(event.data));
  channel?.addEventListener("message", hear);
  return () => channel?.removeEventListener("message", hear);
}

async function run(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
