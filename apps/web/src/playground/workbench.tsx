import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useKept } from "../components/use-kept.ts";
import { CasesView } from "./cases-view.tsx";
import { type Column, DRAFT_EDIT, writeColumns } from "./column.ts";
import { columnsOf } from "./columns-of.ts";
import { DraftHindrance } from "./draft-hindrance.tsx";
import { type Edits, isEdits } from "./edited-content.ts";
import { OneInputView } from "./one-input-view.tsx";
import type { SearchChange } from "./playground-page.tsx";
import type { PlaygroundSearch } from "./playground-search.ts";
import { useColumnContents } from "./use-column-contents.ts";
import { useEditorDraft } from "./use-editor-draft.ts";
import { useInput } from "./use-input.ts";

const NO_EDITS: Edits = {};

interface WorkbenchProps {
  prompt: string;
  search: PlaygroundSearch;
  onChange: SearchChange;
}

/** One prompt's columns, asked one input or many cases. */
export function Workbench({ prompt, search, onChange }: WorkbenchProps) {
  const { t } = useTranslation("playground");
  const labels = useRead("listLabels", { prompt });
  const draft = useEditorDraft(prompt);
  const columns = columnsOf(search.columns ?? columnsBeside(search.version), {
    draftAt: draft === null ? null : draft?.at,
    labels: labels.data?.items.map(({ name }) => name),
  });
  const [kept, setEdits] = useKept(`playground.${prompt}.edits`, NO_EDITS, isEdits);
  const edits = draft ? { ...kept, [DRAFT_EDIT]: draft.content } : kept;
  const contents = useColumnContents({ prompt, columns, edits });
  const [input, setInput, inputError] = useInput({ prompt, search, onChange });
  const shared = {
    prompt,
    columns,
    contents,
    labels: labels.data?.items ?? [],
    edits,
    onEdit: (name: string, content: Edits[string]) => setEdits((now) => ({ ...now, [name]: content })),
    onColumns: (next: readonly Column[]) => onChange({ columns: writeColumns(next) }),
  };
  return (
    <div className="flex flex-col gap-4">
      <ErrorNotice error={labels.error ?? inputError} />
      <DraftHindrance prompt={prompt} />
      <Tabs
        label={t("views")}
        open={search.view ?? "one"}
        onOpen={(view) => onChange({ view: view === "cases" ? view : undefined })}
        tabs={[
          {
            name: "one",
            title: t("oneInput"),
            content: () => <OneInputView {...shared} input={input} onInput={setInput} />,
          },
          {
            name: "cases",
            title: t("manyCases"),
            content: () => <CasesView {...shared} search={search} onChange={onChange} />,
          },
        ]}
      />
    </div>
  );
}

/** A version that somebody came from, beside what is in production. */
function columnsBeside(version: number | undefined): string | undefined {
  return version === undefined ? undefined : `${version},production`;
}
