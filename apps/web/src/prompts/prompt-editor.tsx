import type { PromptVersion } from "@assay/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useKeptText } from "../components/use-kept-text.ts";
import { DraftNotices } from "./draft-notices.tsx";
import type { DraftStart } from "./draft-start.ts";
import { EditorBar } from "./editor-bar.tsx";
import { InProduction } from "./in-production.tsx";
import { MessagesSection } from "./messages-section.tsx";
import { ModelSection } from "./model-section.tsx";
import { OutputSection } from "./output-section.tsx";
import { PartialsSection } from "./partials-section.tsx";
import { PreviewSection } from "./preview-section.tsx";
import { readSamples } from "./sample-fields.ts";
import { problemsOf } from "./shown-problems.ts";
import { usePromptCheck } from "./use-prompt-check.ts";
import { usePromptDraft } from "./use-prompt-draft.ts";
import { VariablesSection } from "./variables-section.tsx";

interface PromptEditorProps {
  prompt: string;
  start: DraftStart;
  /** The newest version there is now. */
  newest: PromptVersion | null;
}

/** Everything that a version pins, with what it renders to beside it. */
export function PromptEditor({ prompt, start, newest }: PromptEditorProps) {
  const { t } = useTranslation("prompts");
  const draft = usePromptDraft(prompt, start);
  const [samplesText, setSamplesText] = useKeptText(`samples.${prompt}`);
  const [message, setMessage] = useKeptText(`sample-message.${prompt}`);
  const samples = useMemo(() => readSamples(samplesText), [samplesText]);
  const checking = usePromptCheck(prompt, draft.form, { samples, message });
  const problems = useMemo(() => problemsOf(checking), [checking]);
  const setSample = (name: string, text: string) =>
    setSamplesText(JSON.stringify({ ...samples, [name]: text }));
  const section = { form: draft.form, change: draft.change, problems };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <EditorBar prompt={prompt} draft={draft} newest={newest} checking={checking} problems={problems} />
      <InProduction
        prompt={prompt}
        version={draft.baseVersion ?? newest?.version ?? null}
        isChanged={draft.state !== "untouched"}
      />
      <DraftNotices prompt={prompt} draft={draft} newest={newest} />
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <MessagesSection {...section} />
          <PartialsSection {...section} />
          <VariablesSection {...section} />
          <OutputSection {...section} />
        </div>
        <aside aria-label={t("preview.title")} className="flex min-w-0 flex-col gap-4">
          <ModelSection {...section} />
          <PreviewSection
            form={draft.form}
            checking={checking}
            samples={samples}
            onSample={setSample}
            message={message}
            onMessage={setMessage}
          />
        </aside>
      </div>
    </div>
  );
}
