import type { ChangeRequestDetails } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ChangeActions } from "./change-actions.tsx";
import { ChangeFacts } from "./change-facts.tsx";
import { ChangeVerdict } from "./change-verdict.tsx";
import { DiffView } from "./diff-view.tsx";

export const route = createLazyRoute("/person/t/$tenant/changes/$changeId")({ component: ChangePage });

const EVERY_MS = 10_000;

/** A proposal with everything that somebody who decides on it should see. */
function ChangePage() {
  const { t } = useTranslation("promotion");
  const { changeId } = route.useParams();
  const change = useRead("getChange", { changeId }, { everyMs: EVERY_MS });
  return (
    <Page
      title={change.data?.title ?? t("change.title")}
      above={<PlaceLink path="/changes">{t("changes.title")}</PlaceLink>}
    >
      <Loaded from={change}>{(data) => <ChangeView change={data} />}</Loaded>
    </Page>
  );
}

function ChangeView({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const { fromVersion, toVersion } = change;
  return (
    <>
      <ChangeFacts change={change} />
      <ChangeActions change={change} />
      {change.description !== "" && (
        <Card title={t("change.description")}>
          <ForeignText text={change.description} />
        </Card>
      )}
      <ChangeVerdict change={change} />
      <Card
        title={
          fromVersion === null
            ? t("diff.titleNew", { version: toVersion })
            : t("diff.title", { from: fromVersion, to: toVersion })
        }
      >
        <DiffView diff={change.diff} />
      </Card>
    </>
  );
}
