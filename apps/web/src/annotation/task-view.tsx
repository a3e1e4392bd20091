import type { AnnotationTask } from "@assay/core";
import { Check, SkipForward, Undo2, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { TextArea } from "../components/field.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { MessageList } from "../components/message-list.tsx";
import { ToolCallList } from "../components/tool-call-list.tsx";
import type { GivenLabel } from "./outbox.ts";
import { useWorkKeys } from "./use-work-keys.ts";

interface TaskViewProps {
  task: AnnotationTask;
  note: string;
  onNote: (text: string) => void;
  onLabel: (label: GivenLabel) => void;
  onSkip: () => void;
  /** Undefined where there is nothing to take back. */
  onUndo: (() => void) | undefined;
}

/** One output with what it answers; neither the judge's verdict nor anybody's label. */
export function TaskView({ task, note, onNote, onLabel, onSkip, onUndo }: TaskViewProps) {
  const { t } = useTranslation("annotation");
  const noteField = useRef<HTMLDivElement>(null);
  const label = (passed: boolean) => {
    const said = note.trim();
    onLabel({ itemId: task.itemId, passed, ...(said !== "" && { comment: said }) });
  };
  const keys = {
    "1": () => label(true),
    "2": () => label(false),
    s: onSkip,
    u: onUndo,
    n: () => noteField.current?.querySelector("textarea")?.focus(),
  };
  useWorkKeys(keys);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <TaskInput task={task} />
        <Card title={t("answer")}>
          <ForeignText text={task.output} />
          <ToolCallList calls={task.toolCalls ?? []} />
        </Card>
        {task.expected !== undefined && (
          <Card title={t("expected")}>
            <ForeignText text={textOf(task.expected)} />
          </Card>
        )}
      </div>
      <Card title={t("question")} className="lg:sticky lg:top-4">
        <div className="flex flex-col gap-3">
          <ForeignText text={task.instructions} />
          <KeyButton
            letter="1"
            look="primary"
            icon={<Check className="size-4" aria-hidden />}
            onClick={keys["1"]}
          >
            {t("passes")}
          </KeyButton>
          <KeyButton letter="2" look="danger" icon={<X className="size-4" aria-hidden />} onClick={keys["2"]}>
            {t("fails")}
          </KeyButton>
          <div ref={noteField}>
            <TextArea
              label={t("note")}
              hint={t("noteHint")}
              maxLength={1000}
              value={note}
              onChange={({ target }) => onNote(target.value)}
            />
          </div>
          <KeyButton letter="s" icon={<SkipForward className="size-4" aria-hidden />} onClick={onSkip}>
            {t("skip")}
          </KeyButton>
          <KeyButton
            letter="u"
            icon={<Undo2 className="size-4" aria-hidden />}
            disabled={onUndo === undefined}
            onClick={onUndo}
          >
            {t("undo")}
          </KeyButton>
          <p className="text-sm text-ink-soft">{t("undoHint")}</p>
        </div>
      </Card>
    </div>
  );
}

interface KeyButtonProps {
  letter: string;
  look?: "primary" | "danger";
  icon: ReactNode;
  disabled?: boolean;
  onClick: (() => void) | undefined;
  children: ReactNode;
}

function KeyButton({ letter, look, icon, disabled = false, onClick, children }: KeyButtonProps) {
  return (
    <Button
      {...(look !== undefined && { look })}
      icon={icon}
      disabled={disabled}
      aria-keyshortcuts={letter}
      onClick={onClick}
      className="justify-start"
    >
      <span className="flex-1 text-left">{children}</span>
      <kbd className="rounded border border-current/40 px-1.5 font-mono text-xs">{letter}</kbd>
    </Button>
  );
}

function TaskInput({ task: { variables, messages } }: { task: AnnotationTask }) {
  const { t } = useTranslation("annotation");
  const isAny = variables !== null && Object.keys(variables).length > 0;
  if (!isAny && messages === null) return null;
  return (
    <Card title={t("input")}>
      <div className="flex flex-col gap-3">
        {isAny && <ForeignText className="font-mono text-sm" text={JSON.stringify(variables, null, 2)} />}
        {messages !== null && <MessageList messages={messages} />}
      </div>
    </Card>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
