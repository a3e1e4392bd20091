import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { formOf, writeForm } from "../components/prompt-form.ts";
import { notify } from "../components/toast.tsx";
import { readKept, useKeptName, writeKept } from "../components/use-kept-text.ts";
import { readLocalDraft } from "./draft-start.ts";
import { type LocalDraft, reconcileDrafts } from "./reconcile-drafts.ts";
import { draftName, offeredName } from "./use-prompt-draft.ts";

/**
 * Puts an old version's content into the draft; a new version is made of it only when it is saved. What was in the
 * draft is offered there.
 */
export function RestoreButton({ prompt, version }: { prompt: string; version: number }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const restore = useRestore(prompt);
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });
  if (!useMay("edit")) return null;
  const press = async () => {
    setState({ isBusy: true, error: null });
    try {
      const hadDraft = await restore(version);
      notify(t(hadDraft ? "timeline.restored" : "timeline.restoredClean", { version }));
      await navigate({ to: "/t/$tenant/prompts/$prompt", params: { tenant, prompt }, search: {} });
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };
  return (
    <>
      <Button
        isSmall
        icon={<RotateCcw className="size-4" aria-hidden />}
        isBusy={state.isBusy}
        onClick={() => void press()}
      >
        {t("timeline.restore")}
      </Button>
      <ErrorNotice error={state.error} />
    </>
  );
}

/** Answers whether there was a draft, which is then offered. */
function useRestore(prompt: string): (version: number) => Promise<boolean> {
  const { slug: tenant } = useTenant();
  const localName = useKeptName(draftName(prompt));
  const otherName = useKeptName(offeredName(prompt));
  const queries = useQueryClient();
  return async (version) => {
    const client = clientOf(tenant);
    const [{ content }, { latestVersion }, { draft }] = await Promise.all([
      client.getPromptVersion({ prompt, version }),
      client.getPrompt({ prompt }),
      client.getPromptDraft({ prompt }),
    ]);
    queries.setQueryData([tenant, "getPromptDraft", { prompt }], { draft });
    const { start } = reconcileDrafts(readLocalDraft(readKept(localName)), draft);
    if (start !== null) writeKept(otherName, JSON.stringify(start));
    const restored: LocalDraft = {
      baseVersion: latestVersion,
      body: writeForm(formOf(content)),
      revision: draft?.revision ?? null,
      isSynced: false,
      savedAt: new Date().toISOString(),
    };
    writeKept(localName, JSON.stringify(restored));
    return start !== null;
  };
}
