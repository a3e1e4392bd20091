import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { SelectField } from "../components/field.tsx";
import { JsonField } from "./json-field.tsx";
import { FORMAT_KINDS, formatKindOf, formatOfKind, SAMPLE_TOOL } from "./response-format.ts";
import type { SectionProps } from "./section-props.ts";
import { problemsAt } from "./shown-problems.ts";

/** In what form the answer comes, and which tools the model may call. */
export function OutputSection({ form, change, problems }: SectionProps) {
  const { t } = useTranslation("prompts");
  const kind = formatKindOf(form.responseFormatText);
  const setFormat = (responseFormatText: string) => change((now) => ({ ...now, responseFormatText }));
  const setTools = (toolsText: string) => change((now) => ({ ...now, toolsText }));
  return (
    <Card title={t("output.title")}>
      <div className="flex flex-col gap-4">
        <SelectField
          label={t("output.format")}
          hint={t(`output.formatHints.${kind}`)}
          className="max-w-md"
          value={kind}
          onChange={(event) => setFormat(formatOfKind(event.target.value, form.responseFormatText))}
          options={FORMAT_KINDS.map((each) => ({ value: each, text: t(`output.formats.${each}`) }))}
        />
        {(kind === "json_schema" || kind === "other") && (
          <JsonField
            label={t("output.formatJson")}
            value={form.responseFormatText}
            onChange={setFormat}
            problems={problemsAt(problems, "responseFormat")}
          />
        )}
        <div className="flex flex-col gap-1">
          <h3 className="text-sm font-medium">{t("output.tools")}</h3>
          <p className="text-sm text-ink-soft">{t("output.toolsText")}</p>
          {form.toolsText === "" ? (
            <div>
              <Button isSmall onClick={() => setTools(SAMPLE_TOOL)}>
                {t("output.addTool")}
              </Button>
            </div>
          ) : (
            <JsonField
              label={t("output.toolsJson")}
              value={form.toolsText}
              onChange={setTools}
              problems={problemsAt(problems, "tools")}
            />
          )}
        </div>
      </div>
    </Card>
  );
}
