import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { CheckField } from "../components/field.tsx";
import { PickList } from "../components/pick-list.tsx";
import { usePromptChoices } from "../components/use-prompt-choices.ts";

interface KeyBoundsProps {
  prompts: ReadonlySet<string>;
  labels: ReadonlySet<string>;
  onPrompts: (picked: ReadonlySet<string>) => void;
  onLabels: (picked: ReadonlySet<string>) => void;
}

/** Every tenant has these sooner or later. */
const USUAL_LABELS = ["production", "staging"];

/** Which prompts and labels a key is for, chosen among those that there are: a misspelt one would bar the key. */
export function KeyBounds({ prompts, labels, onPrompts, onLabels }: KeyBoundsProps) {
  const { t } = useTranslation("settings");
  const [isAll, setAll] = useState(false);
  const known = usePromptChoices({ isAll });
  const names = useRead("listLabelNames", {});
  return (
    <>
      <PickList
        legend={t("keys.onlyPrompts")}
        hint={t(prompts.size === 0 ? "keys.allPrompts" : "keys.picked", { count: prompts.size })}
        choices={(known.data ?? []).map(({ slug }) => slug)}
        picked={prompts}
        onChange={onPrompts}
      >
        <CheckField
          label={t("keys.judgesToo")}
          checked={isAll}
          onChange={({ target }) => setAll(target.checked)}
        />
      </PickList>
      <PickList
        legend={t("keys.onlyLabels")}
        hint={t(labels.size === 0 ? "keys.allLabels" : "keys.picked", { count: labels.size })}
        choices={[...USUAL_LABELS, ...(names.data?.items ?? []).map(({ name }) => name)]}
        picked={labels}
        onChange={onLabels}
      />
    </>
  );
}
