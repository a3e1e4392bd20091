import { createLazyRoute } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { useKept } from "../components/use-kept.ts";
import { isNotes, NO_NOTES, withNote } from "./kept-notes.ts";
import { withSkipped } from "./outbox.ts";
import { TaskView } from "./task-view.tsx";
import { type LabelSender, useLabelSender } from "./use-label-sender.ts";
import { useNextTask } from "./use-next-task.ts";

export const route = createLazyRoute("/person/t/$tenant/annotation/$queue/work")({ component: WorkPage });

/** One output after another; everything by a key. */
function WorkPage() {
  const { t } = useTranslation("annotation");
  const { queue } = route.useParams();
  const sender = useLabelSender(queue);
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const { outbox, error } = sender;
  const mayLabel = useMay("use");
  const hasJudge = useRead("getAnnotationQueue", { queue }).data?.metric !== null;
  const next = useNextTask({ queue, outbox, skipped, isEnabled: mayLabel });
  const [notes, setNotes] = useKept(`annotation.${queue}.notes`, NO_NOTES, isNotes);
  const undo = () => {
    const label = sender.undo();
    if (label !== undefined) setNotes((now) => withNote(now, label.itemId, label.comment ?? ""));
  };
  if (!mayLabel) return <Page title={t("workOn", { queue })}>{t("mayNotLabel")}</Page>;
  return (
    <Page
      title={t("workOn", { queue })}
      above={<PlaceLink path={`/annotation/${queue}`}>{queue}</PlaceLink>}
      subtitle={t(hasJudge ? "blind" : "blindPlain")}
    >
      <ErrorNotice error={error} onRetry={() => void sender.sendAll()} />
      <Loaded from={next}>
        {({ task, open, labelled }) => (
          <div className="flex flex-col gap-4">
            <Progress done={labelled + outbox.length} total={labelled + open} />
            {task === null ? (
              <Done skipped={skipped.length} sender={sender} onUndo={undo} onAgain={() => setSkipped([])} />
            ) : (
              <TaskView
                key={task.itemId}
                task={task}
                note={notes[task.itemId] ?? ""}
                onNote={(text) => setNotes((now) => withNote(now, task.itemId, text))}
                onLabel={(label) => {
                  sender.give(label);
                  setNotes((now) => withNote(now, label.itemId, ""));
                }}
                onSkip={() => setSkipped((now) => withSkipped(now, task.itemId))}
                onUndo={outbox.length === 0 ? undefined : undo}
              />
            )}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation("annotation");
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar label={t("yourProgress")} done={done} total={total} />
      <p role="status" className="tabular text-sm text-ink-soft">
        {t("labelledOf", { labelled: done, total, open: total - done })}
      </p>
    </div>
  );
}

interface DoneProps {
  skipped: number;
  sender: LabelSender;
  onUndo: () => void;
  onAgain: () => void;
}

/** Nothing is left but what was passed over, if anything. */
function Done({ skipped, sender, onUndo, onAgain }: DoneProps) {
  const { t } = useTranslation("annotation");
  const { queue } = route.useParams();
  return (
    <EmptyState
      title={t(skipped > 0 ? "onlySkipped" : "allDone")}
      action={
        <>
          {skipped > 0 && (
            <Button look="primary" onClick={onAgain}>
              {t("showSkipped", { count: skipped })}
            </Button>
          )}
          {sender.outbox.length > 0 && <Button onClick={onUndo}>{t("undo")}</Button>}
          <PlaceLink path={`/annotation/${queue}`}>{t("toQueue")}</PlaceLink>
        </>
      }
    >
      {t("allDoneText")}
    </EmptyState>
  );
}
