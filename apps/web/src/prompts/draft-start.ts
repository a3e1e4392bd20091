import type { KeptDraft, PromptContent } from "@assay/core";
import { emptyForm, formOf, isSameForm, type PromptForm, readForm } from "../components/prompt-form.ts";
import { type DraftChoice, type LocalDraft, reconcileDrafts } from "./reconcile-drafts.ts";

/** What the editor opens with. */
export interface DraftStart {
  form: PromptForm;
  baseVersion: number | null;
  /** Of the server's draft that is gone on from. */
  revision: number | null;
  isKept: boolean;
  /** The server has not got this text yet. */
  isBehind: boolean;
  other: DraftChoice | null;
}

interface Found {
  local: LocalDraft | null;
  server: KeptDraft | null;
  /** The newest version; null where there is none. */
  newest: { version: number; content: PromptContent } | null;
  /** What was offered before and neither taken nor left. */
  offered: DraftChoice | null;
}

/** Of all there is: drafts of the browser and the server, and the newest version. */
export function startOf({ local, server, newest, offered }: Found): DraftStart {
  const { start, other } = reconcileDrafts(local, server);
  const ofVersion = newest === null ? emptyForm() : formOf(newest.content);
  const form = start && readForm(start.body);
  if (start === null || form === null) {
    const baseVersion = newest?.version ?? null;
    return {
      form: ofVersion,
      baseVersion,
      revision: server?.revision ?? null,
      isKept: false,
      isBehind: false,
      other: offered,
    };
  }
  const isNoDraft = start.baseVersion === newest?.version && isSameForm(form, ofVersion);
  return {
    form,
    baseVersion: start.baseVersion,
    revision: server?.revision ?? null,
    isKept: !isNoDraft,
    isBehind: start.from === "browser" && !isNoDraft,
    other: other ?? (offered?.body === start.body ? null : offered),
  };
}

export function readLocalDraft(text: string | null): LocalDraft | null {
  const value = readJson(text);
  return isLocalDraft(value) ? value : null;
}

export function readOffered(text: string | null): DraftChoice | null {
  const value = readJson(text);
  if (typeof value !== "object" || value === null) return null;
  const { baseVersion, body, from, savedAt } = value as Record<string, unknown>;
  const isNumberOrNull = baseVersion === null || typeof baseVersion === "number";
  if (!isNumberOrNull || typeof body !== "string" || typeof savedAt !== "string") return null;
  return { baseVersion, body, savedAt, from: from === "server" ? "server" : "browser" };
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isLocalDraft(value: unknown): value is LocalDraft {
  if (typeof value !== "object" || value === null) return false;
  const { baseVersion, body, revision, isSynced, savedAt } = value as Record<string, unknown>;
  const isNumberOrNull = (each: unknown) => each === null || typeof each === "number";
  return (
    isNumberOrNull(baseVersion) &&
    isNumberOrNull(revision) &&
    typeof body === "string" &&
    typeof isSynced === "boolean" &&
    typeof savedAt === "string"
  );
}
