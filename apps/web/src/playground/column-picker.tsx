import type { Label } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useAll, useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { SelectField } from "../components/field.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { type Column, DRAFT_EDIT, isDraft } from "./column.ts";
import type { ColumnContent } from "./use-column-contents.ts";
import { useEditorDraft } from "./use-editor-draft.ts";

interface ColumnPickerProps {
  prompt: string;
  column: Column;
  content: ColumnContent | undefined;
  labels: readonly Label[];
  onColumn: (column: Column) => void;
}

/** Older versions than these are named in the address alone. */
const VERSIONS_SHOWN = 100;
/** No place of a prompt is called so. */
const DRAFT = "~draft";
const AS_PINNED = "";
const NO_ADAPTER = "-";

/** Which version is asked, and by which model and adapter. */
export function ColumnPicker({ prompt, column, content, labels, onColumn }: ColumnPickerProps) {
  const { t } = useTranslation("playground");
  const latest = useRead("getPrompt", { prompt }).data?.latestVersion ?? 0;
  const mayEdit = useMay("edit");
  const numbers = Array.from({ length: Math.min(latest, VERSIONS_SHOWN) }, (_, n) => String(latest - n));
  const draft = useEditorDraft(prompt);
  const choose = (value: string) => {
    if (value === DRAFT && draft) return onColumn({ at: draft.at, edit: DRAFT_EDIT });
    // Another place is asked as it is: the draft was begun from one alone.
    const { edit, ...rest } = column;
    onColumn({ ...rest, ...(edit !== undefined && !isDraft(column) && { edit }), at: value });
  };
  const places = [
    ...(draft ? [{ value: DRAFT, text: t("yourDraft") }] : []),
    ...labels.map(({ name, version }) => ({ value: name, text: t("labelAt", { label: name, version }) })),
    { value: "latest", text: t("latest", { version: latest }) },
    ...numbers.map((number) => ({ value: number, text: t("version", { version: number }) })),
  ];
  const at = isDraft(column) ? DRAFT : column.at;
  const known = places.some(({ value }) => value === at);
  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <SelectField
        label={t("asked")}
        isLabelHidden
        value={at}
        options={known ? places : [{ value: at, text: column.at }, ...places]}
        onChange={({ target }) => choose(target.value)}
      />
      {mayEdit && column.edit === undefined && content?.content !== undefined && (
        <SwapFields column={column} model={content.content.model} onColumn={onColumn} />
      )}
      <div className="flex flex-wrap gap-1.5">
        {column.edit !== undefined && !isDraft(column) && <Badge tone="warn">{t("edited")}</Badge>}
        {content?.content !== undefined && (
          <Badge>
            <Bdi className="truncate">
              {content.content.model}
              {content.content.adapter !== undefined && ` + ${content.content.adapter}`}
            </Bdi>
          </Badge>
        )}
      </div>
    </div>
  );
}

function SwapFields({
  column,
  model,
  onColumn,
}: {
  column: Column;
  /** What is asked now. */
  model: string;
  onColumn: (column: Column) => void;
}) {
  const { t } = useTranslation("playground");
  const models = useAll("listModels", {});
  const adapters = useAll("listAdapters", {});
  const fitting = (adapters.data ?? []).filter(({ baseModel }) => baseModel === model);
  const swap = (change: { model?: string | undefined; adapter?: string | null | undefined }) =>
    onColumn(onlySaid({ ...column, ...change }) as Column);
  return (
    <div className="grid grid-cols-2 gap-2">
      <SelectField
        label={t("model")}
        value={column.model ?? AS_PINNED}
        options={[
          { value: AS_PINNED, text: t("asPinned") },
          ...(models.data ?? []).map(({ slug }) => ({ value: slug, text: slug })),
        ]}
        // An adapter fits one model alone.
        onChange={({ target }) =>
          swap(
            target.value === AS_PINNED
              ? { model: undefined, adapter: undefined }
              : { model: target.value, adapter: null },
          )
        }
      />
      <SelectField
        label={t("adapter")}
        value={column.adapter === null ? NO_ADAPTER : (column.adapter ?? AS_PINNED)}
        options={[
          ...(column.model === undefined ? [{ value: AS_PINNED, text: t("asPinned") }] : []),
          { value: NO_ADAPTER, text: t("noAdapter") },
          ...fitting.flatMap(({ slug, latestVersion }) =>
            Array.from({ length: latestVersion ?? 0 }, (_, n) => `${slug}@${(latestVersion ?? 0) - n}`).map(
              (name) => ({ value: name, text: name }),
            ),
          ),
        ]}
        onChange={({ target }) =>
          swap({
            adapter:
              target.value === AS_PINNED ? undefined : target.value === NO_ADAPTER ? null : target.value,
          })
        }
      />
    </div>
  );
}
