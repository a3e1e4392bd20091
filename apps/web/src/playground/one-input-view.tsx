import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { mergeFields, readVariables, variableFields } from "../components/variable-field.ts";
import { chatRequest, type Question } from "./chat-request.ts";
import { COLUMNS_MAX, isPlain } from "./column.ts";
import { columnKeys } from "./column-keys.ts";
import { ColumnPanel } from "./column-panel.tsx";
import type { ColumnsProps } from "./columns-props.ts";
import { InputPanel } from "./input-panel.tsx";
import { messagesOf, type PlaygroundInput, withAnswer } from "./playground-input.ts";
import { RunBar } from "./run-bar.tsx";
import { SaveCaseDialog } from "./save-case-dialog.tsx";
import { type Answers, useAnswers } from "./use-answers.ts";
import { useRunKeys } from "./use-run-keys.ts";

interface OneInputViewProps extends ColumnsProps {
  input: PlaygroundInput;
  onInput: (change: (now: PlaygroundInput) => PlaygroundInput) => void;
}

/** The same input put to every column, the answers beside each other as they come. */
export function OneInputView({ input, onInput, ...props }: OneInputViewProps) {
  const { t } = useTranslation("playground");
  const { prompt, columns, contents, onColumns } = props;
  const answers = useAnswers();
  const [saved, setSaved] = useState<{ expected: string } | null>(null);
  const fields = mergeFields(contents.map(({ content }) => variableFields(content?.variables)));
  const { variables, wrong } = readVariables(fields, input.variables);
  const question = { variables, messages: messagesOf(input) };
  const runColumn = useRunColumn(props, answers);
  const canRun = wrong.length === 0 && areSettled(contents);
  const runAll = () => {
    for (const index of columns.keys()) runColumn(index, question);
  };
  const keys = { run: canRun ? runAll : undefined, stop: answers.isAnyRunning ? answers.stopAll : undefined };
  useRunKeys(keys);
  return (
    <div className="flex flex-col gap-4">
      <RunBar runText={t("run", { count: columns.length })} {...keys}>
        <Button
          icon={<Plus className="size-4" aria-hidden />}
          disabled={columns.length >= COLUMNS_MAX}
          onClick={() => onColumns([...columns, { at: "latest" }])}
        >
          {t("addColumn")}
        </Button>
        <p className="text-sm text-ink-soft">{t("keys")}</p>
      </RunBar>
      <div className="grid items-start gap-4 xl:grid-cols-[22rem_minmax(0,1fr)]">
        <InputPanel
          {...{ prompt, input, fields, wrong, onInput }}
          onSaveCase={() => setSaved({ expected: "" })}
        />
        <ColumnGrid
          {...props}
          answers={answers}
          onRun={(index) => runColumn(index, question)}
          onUseAnswer={(text) => onInput((now) => withAnswer(now, text))}
          onSaveCase={(expected) => setSaved({ expected })}
        />
      </div>
      {saved !== null && (
        <SaveCaseDialog {...question} expected={saved.expected} onClose={() => setSaved(null)} />
      )}
    </div>
  );
}

/** Not before each column is known, or it would be left out without a word; one that cannot be had holds up no other. */
function areSettled(contents: ColumnsProps["contents"]): boolean {
  const isUnknown = ({ content, version, error }: ColumnsProps["contents"][number]) =>
    content === undefined && version !== null && error === null;
  return !contents.some(isUnknown) && contents.some(({ content }) => content !== undefined);
}

function useRunColumn({ prompt, columns, contents }: ColumnsProps, answers: Answers) {
  const mayEdit = useMay("edit");
  const keys = columnKeys(columns);
  return (index: number, question: Question) => {
    const [column, content, key] = [columns[index], contents[index]?.content, keys[index]];
    if (column === undefined || content === undefined || key === undefined) return;
    if (isPlain(column) || mayEdit) answers.start(key, chatRequest({ prompt, column, content }, question));
  };
}

interface ColumnGridProps extends ColumnsProps {
  answers: Answers;
  onRun: (index: number) => void;
  onUseAnswer: (text: string) => void;
  onSaveCase: (expected: string) => void;
}

function ColumnGrid({ answers, onRun, onUseAnswer, onSaveCase, ...props }: ColumnGridProps) {
  const { columns, contents, onColumns } = props;
  const keys = columnKeys(columns);
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,19rem),1fr))] items-start gap-4">
      {columns.map((column, index) => (
        <ColumnPanel
          // biome-ignore lint/suspicious/noArrayIndexKey: a column stays where it is while what it asks changes
          key={index}
          {...props}
          {...{ column, onUseAnswer, onSaveCase }}
          content={contents[index]}
          answer={answers.of(keys[index] ?? "")}
          onRun={() => onRun(index)}
          onStop={() => answers.stop(keys[index] ?? "")}
          onColumn={(next) => onColumns(columns.with(index, next))}
          onRemove={columns.length > 1 ? () => onColumns(columns.toSpliced(index, 1)) : undefined}
          onCopy={() => onColumns(columns.toSpliced(index + 1, 0, column).slice(0, COLUMNS_MAX))}
        />
      ))}
    </div>
  );
}
