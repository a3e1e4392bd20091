import type { PromptVersion } from "@assay/core";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Waiting } from "../components/loaded.tsx";
import { readKept, useKeptName } from "../components/use-kept-text.ts";
import { readLocalDraft, readOffered, startOf } from "./draft-start.ts";
import { InProduction } from "./in-production.tsx";
import { PromptEditor } from "./prompt-editor.tsx";
import { draftName, offeredName } from "./use-prompt-draft.ts";
import { VersionText } from "./version-text.tsx";

interface EditTabProps {
  prompt: string;
  /** Number of the newest version; null where there is none. */
  newest: number | null;
}

/** The editor for those who may edit; the newest version to read for the others. */
export function EditTab({ prompt, newest }: EditTabProps) {
  const { t } = useTranslation("prompts");
  const mayEdit = useMay("edit");
  const version = useRead(
    "getPromptVersion",
    { prompt, version: newest ?? 1 },
    { isEnabled: newest !== null },
  );
  // While a newer version is read the editor stays, with the one before.
  const last = useRef<PromptVersion>(undefined);
  last.current = version.data ?? last.current;
  const shown = last.current;
  if (version.error !== null && shown === undefined) {
    return <ErrorNotice error={version.error} onRetry={() => void version.refetch()} />;
  }
  if (newest !== null && shown === undefined) return <Waiting />;
  if (mayEdit) return <EditTabOfEditor prompt={prompt} newest={shown ?? null} />;
  if (shown === undefined) return <EmptyState title={t("noVersion")}>{t("mayNotEdit")}</EmptyState>;
  return (
    <>
      <InProduction prompt={prompt} version={shown.version} isChanged={false} />
      <VersionText version={shown} />
    </>
  );
}

function EditTabOfEditor({ prompt, newest }: { prompt: string; newest: PromptVersion | null }) {
  const draft = useRead("getPromptDraft", { prompt });
  // Without the server's answer one goes on with what the browser has: nothing is lost, and nobody waits.
  if (draft.data === undefined && draft.error === null) return <Waiting />;
  return <OpenedEditor prompt={prompt} newest={newest} server={draft.data?.draft ?? null} />;
}

type OpenedEditorProps = Parameters<typeof EditTabOfEditor>[0] & {
  server: Parameters<typeof startOf>[0]["server"];
};

function OpenedEditor({ prompt, newest, server }: OpenedEditorProps) {
  const localName = useKeptName(draftName(prompt));
  const otherName = useKeptName(offeredName(prompt));
  // Once: afterwards the editor itself knows best what is written.
  // biome-ignore lint/correctness/useExhaustiveDependencies: later answers must not replace what is being typed
  const start = useMemo(
    () =>
      startOf({
        local: readLocalDraft(readKept(localName)),
        server,
        newest,
        offered: readOffered(readKept(otherName)),
      }),
    [],
  );
  return <PromptEditor prompt={prompt} start={start} newest={newest} />;
}
