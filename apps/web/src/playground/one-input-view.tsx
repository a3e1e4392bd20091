import { Play, Plus, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { mergeFields, readVariables, variableFields } from "../components/variable-field.ts";
import { useMay } from "../shell/use-tenant.ts";
import { chatRequest } from "./chat-request.ts";
import { COLUMNS_MAX, isPlain } from "./column.ts";
import { columnKeys } from "./column-keys.ts";
import { ColumnPanel } from "./column-panel.tsx";
import type { ColumnsProps } from "./columns-props.ts";
import { InputPanel } from "./input-panel.tsx";
import { messagesOf, type PlaygroundInput, withAnswer } from "./playground-input.ts";
import { SaveCaseDialog } from "./save-case-dialog.tsx";
import { useAnswers } from "./use-answers.ts";
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
  const mayEdit = useMay("edit");
  const keys = columnKeys(columns);
  const fields = mergeFields(contents.map(({ content }) => variableFields(content?.variables)));
  const { variables, wrong } = readVariables(fields, input.variables);
  const question = { variables, messages: messagesOf(input) };
  const run = (index: number) => {
    const [column, content, key] = [columns[index], contents[index]?.content, keys[index]];
    if (column === undefined || content === undefined || key === undefined) return;
    if (isPlain(column) || mayEdit) answers.start(key, chatRequest({ prompt, column, content }, question));
  };
  const canRun = wrong.length === 0 && contents.some(({ content }) => content !== undefined);
  const runAll = () => canRun && columns.forEach((_, index) => run(index));
  useRunKeys({ run: runAll, stop: answers.isAnyRunning ? answers.stopAll : undefined });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          icon={<Play className="size-4" aria-hidden />}
          disabled={!canRun}
          aria-keyshortcuts="Control+Enter"
          onClick={runAll}
        >
          {t("run", { count: columns.length })}
        </Button>
        <Button
          icon={<Square className="size-4" aria-hidden />}
          disabled={!answers.isAnyRunning}
          aria-keyshortcuts="Escape"
          onClick={answers.stopAll}
        >
          {t("stopAll")}
        </Button>
        <Button
          icon={<Plus className="size-4" aria-hidden />}
          disabled={columns.length >= COLUMNS_MAX}
          onClick={() => onColumns([...columns, { at: "latest" }])}
        >
          {t("addColumn")}
        </Button>
        <p className="text-sm text-ink-soft">{t("keys")}</p>
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[22rem_minmax(0,1fr)]">
        <InputPanel
          prompt={prompt}
          input={input}
          fields={fields}
          wrong={wrong}
          onInput={onInput}
          onSaveCase={() => setSaved({ expected: "" })}
        />
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,19rem),1fr))] items-start gap-4">
          {columns.map((column, index) => (
            <ColumnPanel
              key={keys[index]}
              {...props}
              column={column}
              content={contents[index]}
              answer={answers.of(keys[index] ?? "")}
              onRun={() => run(index)}
              onStop={() => answers.stop(keys[index] ?? "")}
              onColumn={(next) => onColumns(columns.with(index, next))}
              onRemove={columns.length > 1 ? () => onColumns(columns.toSpliced(index, 1)) : undefined}
              onCopy={() => onColumns(columns.toSpliced(index + 1, 0, column).slice(0, COLUMNS_MAX))}
              onUseAnswer={(text) => onInput((now) => withAnswer(now, text))}
              onSaveCase={(expected) => setSaved({ expected })}
            />
          ))}
        </div>
      </div>
      {saved !== null && (
        <SaveCaseDialog {...question} expected={saved.expected} onClose={() => setSaved(null)} />
      )}
    </div>
  );
}
