import type { AnnotationQueue } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Keyboard, ListPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { Button, buttonClass } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { AgreementSection } from "./agreement-section.tsx";
import { FillDialog } from "./fill-dialog.tsx";
import { ItemsSection } from "./items-section.tsx";

export const route = createLazyRoute("/person/t/$tenant/annotation/$queue")({ component: QueuePage });

function QueuePage() {
  const { t } = useTranslation("annotation");
  const { queue: slug } = route.useParams();
  const queue = useRead("getAnnotationQueue", { queue: slug });
  const [isFilling, setFilling] = useState(false);
  const mayEdit = useMay("edit");
  const fill = mayEdit && (
    <Button icon={<ListPlus className="size-4" aria-hidden />} onClick={() => setFilling(true)}>
      {t("fill")}
    </Button>
  );
  return (
    <Page
      title={slug}
      above={<PlaceLink path="/annotation">{t("title")}</PlaceLink>}
      subtitle={queue.data && <About queue={queue.data} />}
      actions={
        <>
          {fill}
          {(queue.data?.items ?? 0) > 0 && <WorkLink slug={slug} />}
        </>
      }
    >
      <Loaded from={queue}>
        {(found) =>
          found.items === 0 ? (
            <EmptyState title={t("noOutputs")} action={fill}>
              {t(found.metric === null ? "noOutputsTextPlain" : "noOutputsText")}
            </EmptyState>
          ) : (
            <>
              <YourPart queue={found} />
              <AgreementSection queue={found} />
              <ItemsSection queue={found} />
            </>
          )
        }
      </Loaded>
      {isFilling && queue.data !== undefined && (
        <FillDialog queue={queue.data} onClose={() => setFilling(false)} />
      )}
    </Page>
  );
}

function About({ queue: { prompt, metric } }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  return (
    <>
      {metric === null ? (
        t("noJudge")
      ) : (
        <>
          {t("judgeOfMetric")} <Bdi className="font-medium text-ink">{metric}</Bdi>
        </>
      )}{" "}
      · {t("prompt")} <PlaceLink path={`/prompts/${prompt}`}>{prompt}</PlaceLink>
    </>
  );
}

function WorkLink({ slug }: { slug: string }) {
  const { t } = useTranslation("annotation");
  const mayLabel = useMay("use");
  if (!mayLabel) return null;
  return (
    <PlaceLink path={`/annotation/${slug}/work`} className={buttonClass("primary")}>
      <Keyboard className="size-4" aria-hidden />
      {t("work")}
    </PlaceLink>
  );
}

/** The question, and how far the reader has come with it. */
function YourPart({ queue: { slug, instructions, labelsPerItem } }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  const next = useRead("getNextAnnotation", { queue: slug }, { isEnabled: useMay("use") });
  const { open = 0, labelled = 0 } = next.data ?? {};
  return (
    <Card title={t("question")}>
      <div className="flex flex-col gap-3">
        <ForeignText text={instructions} />
        <p className="text-ink-soft">{t("needs", { count: labelsPerItem })}</p>
        {next.data !== undefined && (
          <>
            <ProgressBar label={t("yourProgress")} done={labelled} total={labelled + open} />
            <p className="tabular">{t("labelledOf", { labelled, total: labelled + open, open })}</p>
          </>
        )}
      </div>
    </Card>
  );
}
