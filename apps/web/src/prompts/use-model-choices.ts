import { useTranslation } from "react-i18next";
import { useAll } from "../api/use-api.ts";
import type { PromptForm } from "../components/prompt-form.ts";

interface Choice {
  value: string;
  text: string;
}

/** How many versions of an adapter are offered; an older one that is in use is kept beside them. */
const VERSIONS_SHOWN = 20;

/** Models, and versions of the adapters that were made for the chosen one. */
export function useModelChoices({ model, adapter }: Pick<PromptForm, "model" | "adapter">): {
  models: Choice[];
  adapters: Choice[];
} {
  const { t } = useTranslation("prompts");
  const models = useAll("listModels", {});
  const adapters = useAll("listAdapters", {});
  const known = models.data?.map(({ slug, ownership, kind }) => ({
    value: slug,
    text: `${slug} · ${t(`model.${ownership}`)} · ${t(`model.${kind}`)}`,
  }));
  const fitting = adapters.data?.filter(({ baseModel }) => baseModel === model) ?? [];
  const versions = fitting.flatMap(({ slug, latestVersion }) =>
    numbersUpTo(latestVersion ?? 0).map((version) => `${slug}@${version}`),
  );
  return {
    models: withPresent([{ value: "", text: t("model.choose") }, ...(known ?? [])], model),
    adapters: withPresent(
      [{ value: "", text: t("model.noAdapter") }, ...versions.map((value) => ({ value, text: value }))],
      adapter,
    ),
  };
}

function numbersUpTo(latest: number): number[] {
  const count = Math.min(latest, VERSIONS_SHOWN);
  return Array.from({ length: count }, (_, index) => latest - index);
}

/** What is chosen stays among the choices, also while they are read or when it is gone. */
function withPresent(choices: Choice[], present: string): Choice[] {
  return choices.some(({ value }) => value === present)
    ? choices
    : [...choices, { value: present, text: present }];
}
