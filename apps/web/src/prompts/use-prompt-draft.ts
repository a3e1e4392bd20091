import { ClientError } from "@assay/client";
import type { KeptDraft } from "@assay/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { type PromptForm, readForm, writeForm } from "../components/prompt-form.ts";
import { useKeptName, writeKept } from "../components/use-kept-text.ts";
import { DraftKeeper, type KeepingState } from "./draft-keeper.ts";
import type { DraftStart } from "./draft-start.ts";
import type { DraftChoice } from "./reconcile-drafts.ts";

export interface PromptDraft {
  form: PromptForm;
  baseVersion: number | null;
  state: KeepingState;
  /** Another text of the same person. */
  other: DraftChoice | null;
  change(update: (form: PromptForm) => PromptForm): void;
  /** Takes another text over, or another version as what this one goes on from. */
  replace(form: PromptForm, baseVersion: number | null): void;
  takeOther(): void;
  leaveOther(): void;
  /** Brings the text to the server; answers the revision that holds it, or null where it did not get there. */
  settle(): Promise<number | null>;
  /** There is nothing to keep any more: this form is that version. */
  finish(form: PromptForm, baseVersion: number | null): void;
  /** The same, and the server's draft goes as well. */
  discard(form: PromptForm, baseVersion: number | null): Promise<void>;
}

export const draftName = (prompt: string) => `draft.${prompt}`;
export const offeredName = (prompt: string) => `draft-offered.${prompt}`;

interface Held {
  form: PromptForm;
  baseVersion: number | null;
}

/** What one person writes of a prompt, kept at every key stroke; see `DraftKeeper`. */
export function usePromptDraft(prompt: string, start: DraftStart): PromptDraft {
  const [held, setHeld] = useState<Held>({ form: start.form, baseVersion: start.baseVersion });
  const [state, setState] = useState<KeepingState>(start.isKept ? "saved" : "untouched");
  const [other, setOther] = useOffered(prompt, start.other);
  const latest = useRef(held);
  const { keeper, server, otherRevision } = useKeeper(prompt, start, { setState, setOther });
  const set = (next: Held) => {
    latest.current = next;
    setHeld(next);
  };
  const replace = (form: PromptForm, baseVersion: number | null) => {
    set({ form, baseVersion });
    keeper.keep(typedOf(latest.current));
  };
  return {
    ...held,
    state,
    other,
    change: (update) => replace(update(latest.current.form), latest.current.baseVersion),
    replace,
    takeOther: () => {
      const form = other && readForm(other.body);
      setOther(null);
      if (form === null || other === null) return;
      if (state === "parted") keeper.goOnFrom(otherRevision.current, null);
      replace(form, other.baseVersion);
    },
    leaveOther: () => {
      setOther(null);
      if (state === "parted") keeper.goOnFrom(otherRevision.current, typedOf(latest.current));
    },
    settle: async () => {
      await keeper.settle();
      return keeper.revision;
    },
    finish: (form, baseVersion) => {
      keeper.forget();
      server.forget();
      set({ form, baseVersion });
    },
    discard: async (form, baseVersion) => {
      await server.remove();
      keeper.forget();
      set({ form, baseVersion });
    },
  };
}

function typedOf({ form, baseVersion }: Held) {
  return { body: writeForm(form), baseVersion };
}

interface Told {
  setState: (state: KeepingState) => void;
  setOther: (other: DraftChoice) => void;
}

/** What keeps the draft while the page is open. */
function useKeeper(prompt: string, start: DraftStart, { setState, setOther }: Told) {
  const server = useDraftServer(prompt);
  const keptName = useKeptName(draftName(prompt));
  const otherRevision = useRef<number | null>(null);
  const { revision } = start;
  const keeper = useMemo(
    () =>
      new DraftKeeper(
        {
          ...server,
          writeLocal: (draft) => writeKept(keptName, draft === null ? null : JSON.stringify(draft)),
          onState: setState,
          onParted: (draft) => {
            otherRevision.current = draft.revision;
            setOther({ ...draft, from: "server", savedAt: draft.updatedAt });
          },
          isConflict: (error) => error instanceof ClientError && error.code === "version_conflict",
          now: () => new Date().toISOString(),
        },
        revision,
      ),
    [server, keptName, revision, setState, setOther],
  );
  useEffect(() => {
    // What the server lacks yet, such as a text that outlived a crash, is sent without waiting for a key.
    if (start.isBehind) keeper.keep(typedOf(start));
    return () => keeper.stop();
  }, [keeper, start]);
  return { keeper, server, otherRevision };
}

/** The text that is offered; kept until it is taken or left, for it may be nowhere else any more. */
function useOffered(prompt: string, start: DraftChoice | null) {
  const name = useKeptName(offeredName(prompt));
  const [other, set] = useState(start);
  useEffect(() => writeKept(name, other === null ? null : JSON.stringify(other)), [name, other]);
  return [other, set] as const;
}

/** The server's side of a draft; what the page knows of it by reading follows what was written. */
function useDraftServer(prompt: string) {
  const { slug: tenant } = useTenant();
  const queries = useQueryClient();
  return useMemo(() => {
    const client = clientOf(tenant);
    const note = (draft: KeptDraft | null) => {
      queries.setQueryData([tenant, "getPromptDraft", { prompt }], { draft });
      void queries.invalidateQueries({ queryKey: [tenant, "listPromptSummaries"] });
    };
    return {
      put: async (change: Parameters<DraftPut>[0]) => {
        const kept = await client.putPromptDraft({ prompt, ...change });
        note(kept);
        return kept;
      },
      read: async () => (await client.getPromptDraft({ prompt })).draft,
      remove: async () => {
        await client.removePromptDraft({ prompt });
        note(null);
      },
      forget: () => note(null),
    };
  }, [tenant, prompt, queries]);
}

type DraftPut = ConstructorParameters<typeof DraftKeeper>[0]["put"];
