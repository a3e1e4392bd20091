import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "../api/session.ts";
import { useTenant } from "../api/use-tenant.ts";
import { type Draft, emptyDraft, isEmptyDraft } from "./draft.ts";
import { draftKey, loadDraft, onOtherTab, saveDraft } from "./draft-store.ts";

export interface DraftHandle {
  draft: Draft;
  /** False until the browser has said what it keeps. */
  isLoaded: boolean;
  /** Could the last change not be kept over a reload? */
  isUnkept: boolean;
  change: (update: (draft: Draft) => Draft) => void;
  forget: () => void;
}

/** The draft of a dataset, kept in the browser at every change, and the same in all of its tabs. */
export function useDraft(dataset: string, newest: number | null): DraftHandle {
  const key = draftKey({ userId: useSession().user.id, tenant: useTenant().slug, dataset });
  const [kept, setKept] = useState<{ key: string; draft: Draft | undefined }>();
  const [isUnkept, setUnkept] = useState(false);
  const now = useRef<Draft | undefined>(undefined);
  useEffect(() => {
    let isLeft = false;
    // What is done before the draft is read must not go on from another dataset's.
    now.current = undefined;
    const read = async () => {
      const draft = await loadDraft(key);
      if (isLeft) return;
      now.current = draft;
      setKept({ key, draft });
    };
    void read();
    const stop = onOtherTab((other) => other === key && void read());
    return () => {
      isLeft = true;
      stop();
    };
  }, [key]);

  const isLoaded = kept?.key === key;
  const own = isLoaded ? kept.draft : undefined;
  const draft = useMemo(() => own ?? emptyDraft(newest), [own, newest]);
  const keep = useCallback(
    (next: Draft | undefined) => {
      now.current = next;
      setKept({ key, draft: next });
      saveDraft(key, next).then(
        () => setUnkept(false),
        () => setUnkept(true),
      );
    },
    [key],
  );
  const change = useCallback<DraftHandle["change"]>(
    (update) => {
      const next = update(now.current ?? emptyDraft(newest));
      keep(isEmptyDraft(next) && next.note === "" ? undefined : next);
    },
    [keep, newest],
  );
  const forget = useCallback(() => keep(undefined), [keep]);
  return useMemo(
    () => ({ draft, isLoaded, isUnkept, change, forget }),
    [draft, isLoaded, isUnkept, change, forget],
  );
}
