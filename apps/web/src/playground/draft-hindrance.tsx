import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useProblemWords } from "../components/use-problem-words.ts";
import { useDraftState } from "./use-editor-draft.ts";

/** Why what the person typed in the editor is not among the columns, where it would be if it could be asked. */
export function DraftHindrance({ prompt }: { prompt: string }) {
  const { t } = useTranslation("playground");
  const wordsOf = useProblemWords();
  const state = useDraftState(prompt);
  if (state?.kind !== "wrong" && state?.kind !== "unreadable") return null;
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 rounded-lg bg-warn-soft px-3.5 py-2 text-warn">
      <TriangleAlert className="mt-0.5 size-4.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">{t("draftHindered")}</p>
        {state.kind === "unreadable" ? (
          <p className="text-sm">{t("draftUnreadable")}</p>
        ) : (
          <ul className="text-sm">
            {state.problems.map((problem) => (
              <li key={problem.path}>
                <Bdi>{wordsOf({ ...problem, severity: "error" })}</Bdi>
              </li>
            ))}
          </ul>
        )}
      </div>
      <PlaceLink path={`/prompts/${prompt}`} className="font-medium underline underline-offset-2">
        {t("mendDraft")}
      </PlaceLink>
    </div>
  );
}
