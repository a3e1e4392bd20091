import type { TraceSettings } from "@assay/core";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead, useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { Loaded } from "../components/loaded.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { notify } from "../components/toast.tsx";
import { usePromptChoices } from "../components/use-prompt-choices.ts";

interface TraceSettingsDialogProps {
  /** Chosen at first, where the list is narrowed to one. */
  prompt: string | undefined;
  onClose: () => void;
}

/** What of a prompt's requests is kept, and for how long; changed by admins alone. */
export function TraceSettingsDialog({ prompt: first, onClose }: TraceSettingsDialogProps) {
  const { t } = useTranslation("traces");
  const prompts = usePromptChoices();
  const [chosen, setChosen] = useState(first);
  const prompt = chosen ?? prompts.data?.[0]?.slug;
  const settings = useRead("getTraceSettings", { prompt: prompt ?? "" }, { isEnabled: prompt !== undefined });
  const save = useWrite("setTraceSettings", ["getTraceSettings"]);
  const mayChange = useMay("admin");
  const submit = async (form: FormData) => {
    if (prompt === undefined || !mayChange) return onClose();
    const sampleRate = Number(form.get("share")) / 100;
    await save.mutateAsync({ prompt, sampleRate, retentionDays: Number(form.get("days")) });
    notify(t("settings.saved"));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("settings.title")}
      submitText={mayChange ? t("settings.save") : t("settings.done")}
      onSubmit={submit}
    >
      <div className="flex gap-2.5 rounded-lg bg-info-soft px-3.5 py-2.5 text-info">
        <ShieldCheck className="mt-0.5 size-4.5 shrink-0" aria-hidden />
        <p>{t("settings.privacy")}</p>
      </div>
      <PromptField label={t("prompt")} value={prompt ?? ""} onChange={setChosen} />
      {prompt !== undefined && (
        <Loaded from={settings}>
          {(now) => <SettingsFields key={now.prompt} settings={now} isReadOnly={!mayChange} />}
        </Loaded>
      )}
      {!mayChange && <p className="text-ink-soft">{t("settings.adminsOnly")}</p>}
    </FormDialog>
  );
}

function SettingsFields({ settings, isReadOnly }: { settings: TraceSettings; isReadOnly: boolean }) {
  const { t } = useTranslation("traces");
  return (
    <>
      <TextField
        label={t("settings.share")}
        hint={t("settings.shareHint")}
        name="share"
        type="number"
        min={0}
        max={100}
        step="any"
        required
        disabled={isReadOnly}
        defaultValue={settings.sampleRate * 100}
      />
      <TextField
        label={t("settings.days")}
        hint={t("settings.daysHint")}
        name="days"
        type="number"
        min={1}
        max={365}
        required
        disabled={isReadOnly}
        defaultValue={settings.retentionDays === 0 ? 30 : settings.retentionDays}
      />
    </>
  );
}
