import type { Case } from "@assay/core";
import { useMemo, useRef } from "react";
import { useAsk } from "../api/use-api.ts";
import { withCase, withRemoved, withRestored } from "./draft.ts";
import type { GridPlace } from "./grid-columns.ts";
import type { DraftHandle } from "./use-draft.ts";
import type { Selection } from "./use-selection.ts";

/** What can be done to a row. The same object as long as the table stands, so that rows need not be drawn again. */
export interface RowActions {
  toggle: (key: string) => void;
  open: (key: string) => void;
  remove: (key: string) => void;
  edit: (place: GridPlace, key: string) => void;
  /** Where the focus is, without anything else. */
  visit: (place: GridPlace) => void;
  endEdit: () => void;
  /** The case as the version has it, and undefined for one that the draft added, with the case as the draft has it. */
  load: (key: string) => Promise<{ base: Case | undefined; own: Case | undefined }>;
  save: (base: Case | undefined, after: Case) => void;
}

interface Given {
  at: { dataset: string; version: number };
  drafting: DraftHandle;
  canEdit: boolean;
  selection: Selection;
  onOpen: (key: string) => void;
  setActive: (place: GridPlace) => void;
  setEditing: (isEditing: boolean) => void;
}

export function useRowActions(given: Given): RowActions {
  const ask = useAsk("getCase");
  const now = useRef({ ...given, ask });
  now.current = { ...given, ask };
  return useMemo(
    (): RowActions => ({
      toggle: (key) => now.current.canEdit && now.current.selection.toggle(key),
      open: (key) => now.current.onOpen(key),
      remove: (key) => {
        const { canEdit, drafting } = now.current;
        if (!canEdit) return;
        const isRemoved = drafting.draft.removed.has(key);
        drafting.change((draft) => (isRemoved ? withRestored : withRemoved)(draft, [key]));
      },
      edit: (place, key) => {
        const { canEdit, setActive, setEditing, onOpen, drafting } = now.current;
        if (!canEdit || drafting.draft.removed.has(key)) {
          onOpen(key);
          return;
        }
        setActive(place);
        setEditing(true);
      },
      visit: (place) => now.current.setActive(place),
      endEdit: () => now.current.setEditing(false),
      load: async (key) => {
        const { drafting, at, ask: read } = now.current;
        const own = drafting.draft.added.find((each) => each.key === key);
        if (own !== undefined) return { base: undefined, own };
        return { base: (await read({ ...at, key })).case, own: undefined };
      },
      save: (base, after) => now.current.drafting.change((draft) => withCase(draft, base, after)),
    }),
    [],
  );
}
