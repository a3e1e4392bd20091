import type { ToolCall } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "./bdi.tsx";
import { ForeignText } from "./foreign-text.tsx";

/** What a model asked to have called; nothing where it asked for nothing. */
export function ToolCallList({ calls }: { calls: readonly ToolCall[] }) {
  const { t } = useTranslation("shell");
  if (calls.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-2" aria-label={t("toolCalls")}>
      {calls.map(({ id, function: { name, arguments: written } }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a model may give two calls the same id
        <li key={`${id}-${index}`} className="rounded-lg bg-raised p-2.5">
          <p className="font-mono text-sm font-semibold break-all">
            <Bdi>{name}</Bdi>
          </p>
          <ForeignText text={written} className="font-mono text-sm" />
        </li>
      ))}
    </ul>
  );
}
