import type { Label, Prompt, PromptContent, PromptVersion } from "@assay/core";
import { useQueries } from "@tanstack/react-query";
import { clientOf } from "../api/tenant-client.ts";
import { useRead } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { swappedContent } from "./chat-request.ts";
import { type Column, versionOf } from "./column.ts";
import type { Edits } from "./edited-content.ts";

export interface ColumnContent {
  /** What `at` means now; undefined until it is known, null where there is no such label. */
  version: number | null | undefined;
  /** What is asked by: the version's content, or its edit, with what the column swaps. */
  content: PromptContent | undefined;
  error: Error | null;
}

interface Columns {
  prompt: string;
  columns: readonly Column[];
  edits: Edits;
}

/** Finds out what each column asks by. */
export function useColumnContents({ prompt, columns, edits }: Columns): ColumnContent[] {
  const tenant = useTenant().slug;
  const isEnabled = prompt !== "";
  const labels = useRead("listLabels", { prompt }, { isEnabled });
  const about = useRead("getPrompt", { prompt }, { isEnabled });
  const versions = columns.map((column) => versionAt(column, labels.data?.items, about.data));
  const read = useQueries({
    queries: versions.map((version) => ({
      queryKey: [tenant, "getPromptVersion", { prompt, version }],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<PromptVersion> =>
        await clientOf(tenant).getPromptVersion({ prompt, version: version ?? 1 }, { signal }),
      enabled: isEnabled && typeof version === "number",
    })),
  });
  return columns.map((column, index) => {
    const version = versions[index];
    const found = typeof version === "number" ? read[index]?.data?.content : undefined;
    const content = edits[column.edit ?? ""] ?? found;
    return {
      version,
      content: content && swappedContent(content, column),
      error: labels.error ?? about.error ?? read[index]?.error ?? null,
    };
  });
}

function versionAt(column: Column, labels: readonly Label[] | undefined, prompt: Prompt | undefined) {
  const number = versionOf(column);
  if (number !== undefined) return number;
  if (column.at === "latest") return prompt?.latestVersion;
  return labels && (labels.find(({ name }) => name === column.at)?.version ?? null);
}
