import { useNavigate } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { notify } from "../components/toast.tsx";
import { readKept, useKeptName, writeKept } from "../components/use-kept-text.ts";
import { useMay, useTenant } from "../shell/use-tenant.ts";
import { readLocalDraft } from "./draft-start.ts";
import { formOf, writeForm } from "./prompt-form.ts";
import { draftName } from "./use-prompt-draft.ts";

/** Puts an old version's content into the draft; a new version is made of it only when it is saved. */
export function RestoreButton({ prompt, version }: { prompt: string; version: number }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const localName = useKeptName(draftName(prompt));
  if (!useMay("edit")) return null;
  const restore = async () => {
    const client = clientOf(tenant);
    const { content } = await client.getPromptVersion({ prompt, version });
    const { latestVersion } = await client.getPrompt({ prompt });
    const { draft } = await client.getPromptDraft({ prompt });
    const before = readKept(localName);
    const form = writeForm(formOf(content));
    const savedAt = new Date().toISOString();
    const restored = { baseVersion: latestVersion, body: form, revision: draft?.revision ?? null };
    writeKept(localName, JSON.stringify({ ...restored, isSynced: false, savedAt }));
    await navigate({ to: "/t/$tenant/prompts/$prompt", params: { tenant, prompt }, search: {} });
    const had = readLocalDraft(before);
    notify(
      t("timeline.restored", { version }),
      had === null ? undefined : () => writeKept(localName, before),
    );
  };
  return (
    <ConfirmButton
      isSmall
      text={t("timeline.restore")}
      icon={<RotateCcw className="size-4" aria-hidden />}
      question={t("timeline.restoreQuestion", { version })}
      confirmText={t("timeline.restore")}
      onConfirm={restore}
    />
  );
}
