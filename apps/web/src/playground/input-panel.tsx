import { Eraser, FilePlus2, Link2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { notify } from "../components/toast.tsx";
import type { VariableField } from "../components/variable-field.ts";
import { VariablesForm } from "../components/variables-form.tsx";
import { EMPTY_INPUT, isShareable, type PlaygroundInput } from "./playground-input.ts";
import { TurnsEditor } from "./turns-editor.tsx";

interface InputPanelProps {
  prompt: string;
  input: PlaygroundInput;
  fields: readonly VariableField[];
  wrong: readonly string[];
  onInput: (change: (now: PlaygroundInput) => PlaygroundInput) => void;
  onSaveCase: () => void;
}

/** What is put to every column: the variables that they declare, and a conversation. */
export function InputPanel({ input, fields, wrong, onInput, onSaveCase }: InputPanelProps) {
  const { t } = useTranslation("playground");
  const mayEdit = useMay("edit");
  const clear = () => {
    onInput(() => EMPTY_INPUT);
    notify(t("cleared"), () => onInput(() => input));
  };
  return (
    <Card
      title={t("input")}
      className="xl:sticky xl:top-4"
      actions={
        <Button isSmall look="quiet" icon={<Eraser className="size-4" aria-hidden />} onClick={clear}>
          {t("clear")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <VariablesForm
          fields={fields}
          typed={input.variables}
          wrong={wrong}
          onType={(name, text) =>
            onInput((now) => ({ ...now, variables: { ...now.variables, [name]: text } }))
          }
        />
        <TurnsEditor
          turns={input.turns}
          onChange={(change) => onInput((now) => ({ ...now, turns: change(now.turns) }))}
        />
        <div className="flex flex-wrap gap-2">
          {mayEdit && (
            <Button isSmall icon={<FilePlus2 className="size-4" aria-hidden />} onClick={onSaveCase}>
              {t("saveAsCase")}
            </Button>
          )}
          <Button
            isSmall
            look="quiet"
            icon={<Link2 className="size-4" aria-hidden />}
            disabled={!isShareable(input)}
            title={isShareable(input) ? t("copyLinkHint") : t("tooLongToShare")}
            onClick={() => void copyLink(input).then(() => notify(t("linkCopied")))}
          >
            {t("copyLink")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** Only a link that somebody asks for says what was typed: addresses end up in histories and logs. */
async function copyLink(input: PlaygroundInput): Promise<void> {
  const url = new URL(location.href);
  url.searchParams.set("input", JSON.stringify(input));
  await navigator.clipboard.writeText(url.href);
}
