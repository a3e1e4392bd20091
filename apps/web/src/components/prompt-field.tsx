import { isJudgePrompt } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField } from "./field.tsx";
import { usePromptChoices } from "./use-prompt-choices.ts";

/** No slug begins with a dash. */
const SHOW_JUDGES = "-";

interface PromptFieldProps {
  label: string;
  value: string;
  onChange: (slug: string) => void;
  /** Of the choice of none; without it one is always chosen. */
  noneText?: string;
  isRequired?: boolean;
  className?: string;
}

/** Chooses a prompt. Those of judges stay out of the way until they are asked for. */
export function PromptField({ value, onChange, noneText, isRequired = false, ...props }: PromptFieldProps) {
  const { t } = useTranslation("shell");
  const [isAll, setAll] = useState(isJudgePrompt(value));
  const prompts = usePromptChoices({ isAll });
  const known = (prompts.data ?? []).map(({ slug }) => slug);
  const slugs = value === "" || known.includes(value) ? known : [value, ...known];
  return (
    <SelectField
      {...props}
      required={isRequired}
      value={value}
      options={[
        ...(noneText === undefined ? [] : [{ value: "", text: noneText }]),
        ...slugs.map((slug) => ({ value: slug, text: slug })),
        ...(isAll ? [] : [{ value: SHOW_JUDGES, text: t("showJudges") }]),
      ]}
      onChange={({ target }) => (target.value === SHOW_JUDGES ? setAll(true) : onChange(target.value))}
    />
  );
}
