import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { CodeEditor } from "../components/code-editor.tsx";
import { TextField } from "../components/field.tsx";
import { type FormPartial, newKey } from "../components/prompt-form.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { completeLiquid } from "./liquid-completion.ts";
import { ProblemList } from "./problem-list.tsx";
import type { SectionProps } from "./section-props.ts";
import { marksOf, problemsAt } from "./shown-problems.ts";

/** Texts that several messages share. Shown once there is one: few prompts need them. */
export function PartialsSection({ form, change, problems }: SectionProps) {
  const { t } = useTranslation("prompts");
  const set = (update: (partials: FormPartial[]) => FormPartial[]) =>
    change((now) => ({ ...now, partials: update(now.partials) }));
  const own = problemsAt(problems, "partials");
  const add = (
    <Button
      isSmall
      icon={<Plus className="size-4" aria-hidden />}
      onClick={() => set((partials) => [...partials, { key: newKey(), name: "", text: "" }])}
    >
      {t("partials.add")}
    </Button>
  );
  if (form.partials.length === 0) return <div>{add}</div>;
  return (
    <Card title={t("partials.title")} actions={add}>
      <p className="mb-3 text-sm text-ink-soft">{t("partials.text")}</p>
      <ul className="flex flex-col gap-3">
        {form.partials.map((partial, index) => (
          <PartialCard
            key={partial.key}
            partial={partial}
            problems={own.filter(({ path }) => path === `partials.${partial.name}`)}
            others={form.partials.flatMap(({ name }) => (name === partial.name ? [] : [name]))}
            onChange={(next) => set((partials) => partials.with(index, next))}
            onRemove={() => set((partials) => partials.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <ProblemList problems={own.filter(({ path }) => path === "partials")} />
    </Card>
  );
}

interface PartialCardProps {
  partial: FormPartial;
  problems: readonly ShownProblem[];
  others: readonly string[];
  onChange: (partial: FormPartial) => void;
  onRemove: () => void;
}

function PartialCard({ partial, problems, others, onChange, onRemove }: PartialCardProps) {
  const { t } = useTranslation("prompts");
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-raised/40 p-3">
      <div className="flex items-start gap-2">
        <TextField
          label={t("partials.name")}
          hint={t("partials.nameHint", { name: partial.name || "tone" })}
          className="flex-1"
          value={partial.name}
          spellCheck={false}
          onChange={(event) => onChange({ ...partial, name: event.target.value })}
        />
        <IconButton
          label={t("partials.remove", { name: partial.name })}
          icon={<Trash2 className="size-4" aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <CodeEditor
        label={t("partials.content", { name: partial.name })}
        language="liquid"
        value={partial.text}
        onChange={(text) => onChange({ ...partial, text })}
        problems={marksOf(problems)}
        complete={(before) => completeLiquid(before, { variables: [], partials: others })}
        describedBy={`problems-${partial.key}`}
      />
      <ProblemList id={`problems-${partial.key}`} problems={problems} />
    </li>
  );
}
