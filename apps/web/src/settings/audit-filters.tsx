import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { AUDIT_KINDS, type AuditSearch } from "./audit-search.ts";
import { useActorChoices } from "./use-actor-choices.ts";

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (search: { [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) => void;
}

/** By whom, of which kind, about which prompt and when; all of it in the address. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { t } = useTranslation("settings");
  const actors = useActorChoices();
  const set = (change: { [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) =>
    onChange({ ...search, ...change });
  return (
    <search aria-label={t("audit.filters")} className="flex flex-wrap items-end gap-3">
      <SelectField
        label={t("audit.actor")}
        className="w-48"
        value={search.actor ?? ""}
        options={[{ value: "", text: t("audit.everybody") }, ...actors]}
        onChange={({ target }) => set({ actor: target.value || undefined })}
      />
      <SelectField
        label={t("audit.kind")}
        className="w-48"
        value={search.action ?? ""}
        options={[
          { value: "", text: t("audit.anything") },
          ...AUDIT_KINDS.map((value) => ({ value, text: t(`audit.kinds.${value.replace(".", "")}`) })),
        ]}
        onChange={({ target }) => set({ action: target.value || undefined })}
      />
      <PromptField
        label={t("audit.prompt")}
        className="w-48"
        value={search.prompt ?? ""}
        noneText={t("audit.anyPrompt")}
        onChange={(prompt) => set({ prompt: prompt || undefined })}
      />
      <TextField
        label={t("audit.from")}
        type="date"
        max={search.to}
        value={search.from ?? ""}
        onChange={({ target }) => set({ from: target.value || undefined })}
      />
      <TextField
        label={t("audit.to")}
        type="date"
        min={search.from}
        value={search.to ?? ""}
        onChange={({ target }) => set({ to: target.value || undefined })}
      />
      {Object.keys(search).length > 0 && (
        <Button look="quiet" className="mb-1" onClick={() => onChange({})}>
          {t("audit.clear")}
        </Button>
      )}
    </search>
  );
}
