import type { PromptContent, PromptMessage } from "@assay/core";
import { MESSAGE_ROLES } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { SelectField, TextArea, TextField } from "../components/field.tsx";

interface EditContentDialogProps {
  content: PromptContent;
  /** Kept at every key. */
  onChange: (content: PromptContent) => void;
  onClose: () => void;
}

/** Changes the words of a column without making a version of them. */
export function EditContentDialog({ content, onChange, onClose }: EditContentDialogProps) {
  const { t } = useTranslation("playground");
  const { sampling } = content;
  const setSampling = (name: "temperature" | "maxTokens", text: string) => {
    const { [name]: _, ...rest } = sampling;
    const number = Number(text);
    onChange({
      ...content,
      sampling: text === "" || Number.isNaN(number) ? rest : { ...rest, [name]: number },
    });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="wide"
      title={t("editText")}
      description={t("editTextHint")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {content.messages.map((message, index) => (
          <MessageFields
            // biome-ignore lint/suspicious/noArrayIndexKey: messages have no names; their order is what they are
            key={index}
            number={index + 1}
            message={message}
            onChange={(next) => onChange({ ...content, messages: content.messages.with(index, next) })}
          />
        ))}
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("temperature")}
            type="number"
            min={0}
            max={2}
            step={0.1}
            defaultValue={sampling.temperature ?? ""}
            onChange={({ target }) => setSampling("temperature", target.value)}
          />
          <TextField
            label={t("maxTokens")}
            type="number"
            min={1}
            defaultValue={sampling.maxTokens ?? ""}
            onChange={({ target }) => setSampling("maxTokens", target.value)}
          />
        </div>
      </div>
    </Dialog>
  );
}

interface MessageFieldsProps {
  number: number;
  message: PromptMessage;
  onChange: (message: PromptMessage) => void;
}

function MessageFields({ number, message, onChange }: MessageFieldsProps) {
  const { t } = useTranslation("playground");
  if ("placeholder" in message) {
    return (
      <p className="rounded-lg border border-dashed border-line-strong/60 px-3 py-2 text-ink-soft">
        {t("historyHere")}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        className="max-w-48"
        label={t("messageRole", { number })}
        value={message.role}
        options={MESSAGE_ROLES.map((role) => ({ value: role, text: t(`roles.${role}`) }))}
        onChange={({ target }) =>
          onChange({ ...message, role: MESSAGE_ROLES.find((role) => role === target.value) ?? message.role })
        }
      />
      <TextArea
        label={t("messageText", { number })}
        className="[&_textarea]:font-mono [&_textarea]:text-sm"
        rows={Math.min(20, Math.max(4, message.content.split("\n").length + 1))}
        value={message.content}
        onChange={({ target }) => onChange({ ...message, content: target.value })}
      />
    </div>
  );
}
