import { MESSAGE_ROLES } from "@assay/core/plain";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor } from "../components/code-editor.tsx";
import { SelectField } from "../components/field.tsx";
import type { FormMessage, MessageRole, PromptForm } from "../components/prompt-form.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { DeclareButton } from "./declare-button.tsx";
import { completeLiquid } from "./liquid-completion.ts";
import { MessageFrame, type MessageFrameProps } from "./message-frame.tsx";
import { ProblemList } from "./problem-list.tsx";
import { namesOfSchema } from "./schema-rows.ts";
import type { SectionProps } from "./section-props.ts";
import { marksOf } from "./shown-problems.ts";

type TextMessage = Extract<FormMessage, { kind: "text" }>;

interface MessageCardProps extends Pick<MessageFrameProps, "place" | "onMove" | "onRemove"> {
  message: TextMessage;
  form: PromptForm;
  problems: readonly ShownProblem[];
  onChange: (message: FormMessage) => void;
  change: SectionProps["change"];
}

export function MessageCard({
  message,
  form,
  problems,
  onChange,
  change,
  place,
  ...frame
}: MessageCardProps) {
  const { t } = useTranslation("prompts");
  const number = place.index + 1;
  const marks = useMemo(() => marksOf(problems), [problems]);
  const problemsId = `problems-${message.key}`;
  const names = {
    variables: namesOfSchema(form.schemaText),
    partials: form.partials.map(({ name }) => name).filter((name) => name !== ""),
  };
  const head = (
    <SelectField
      label={t("messages.role", { place: number })}
      isLabelHidden
      className="w-56"
      value={message.role}
      onChange={(event) => onChange({ ...message, role: event.target.value as MessageRole })}
      options={MESSAGE_ROLES.map((role) => ({ value: role, text: t(`roles.${role}`) }))}
    />
  );
  return (
    <MessageFrame messageKey={message.key} place={place} head={head} {...frame}>
      <CodeEditor
        label={t("messages.content", { place: number, role: t(`roles.${message.role}`) })}
        language="liquid"
        value={message.content}
        onChange={(content) => onChange({ ...message, content })}
        problems={marks}
        complete={(before) => completeLiquid(before, names)}
        describedBy={problemsId}
      />
      <ProblemList
        id={problemsId}
        problems={problems}
        actionFor={(problem) =>
          problem.kind === "undeclared" &&
          problem.name !== null && <DeclareButton name={problem.name} change={change} />
        }
      />
    </MessageFrame>
  );
}
