import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextArea } from "../components/field.tsx";
import { MessageList } from "../components/message-list.tsx";
import type { PromptForm } from "../components/prompt-form.ts";
import { readVariables, type TypedVariables } from "../components/variable-field.ts";
import { VariablesForm } from "../components/variables-form.tsx";
import { useFormat } from "../i18n/format.ts";
import { fieldsOf } from "./sample-fields.ts";
import type { PromptChecking } from "./use-prompt-check.ts";

interface PreviewSectionProps {
  form: PromptForm;
  checking: PromptChecking;
  samples: TypedVariables;
  onSample: (name: string, text: string) => void;
  /** What a user might say. */
  message: string;
  onMessage: (message: string) => void;
}

/** What the model would be sent, with sample values in the variables' places. */
export function PreviewSection({
  form,
  checking,
  samples,
  onSample,
  message,
  onMessage,
}: PreviewSectionProps) {
  const { t } = useTranslation("prompts");
  const { check, error } = checking;
  const fields = fieldsOf(form.schemaText, check?.variables ?? []);
  return (
    <Card title={t("preview.title")}>
      <div className="flex flex-col gap-4">
        {fields.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("preview.noVariables")}</p>
        ) : (
          <>
            <p className="text-sm text-ink-soft">{t("preview.samples")}</p>
            <VariablesForm
              fields={fields}
              typed={samples}
              wrong={readVariables(fields, samples).wrong}
              onType={onSample}
            />
          </>
        )}
        <TextArea
          label={t("preview.message")}
          hint={t("preview.messageHint")}
          rows={2}
          value={message}
          onChange={(event) => onMessage(event.target.value)}
        />
        <ErrorNotice error={error} />
        <Rendered checking={checking} />
      </div>
    </Card>
  );
}

function Rendered({ checking: { check, isBehind } }: { checking: PromptChecking }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  if (check === null) return null;
  const { rendered, renderingProblem, estimatedTokens } = check;
  return (
    <div className="flex flex-col gap-2" aria-busy={isBehind}>
      <h3 className="text-sm font-medium">{t("preview.rendered")}</h3>
      {estimatedTokens !== null && (
        <p className="text-sm text-ink-soft">
          {t("preview.tokens", { count: estimatedTokens, shown: format.integer(estimatedTokens) })}
        </p>
      )}
      {rendered === null ? (
        <p className="text-sm text-warn">
          {renderingProblem === null || renderingProblem.missing.length === 0
            ? t("preview.unreadable")
            : t("preview.missing", { names: renderingProblem.missing.join(", ") })}
        </p>
      ) : (
        <MessageList messages={rendered} />
      )}
    </div>
  );
}
