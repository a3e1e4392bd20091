import { createLazyRoute } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { buttonClass } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Tabs } from "../components/tabs.tsx";
import { SuiteEditor } from "./suite-editor.tsx";
import { SuiteFileView } from "./suite-file-view.tsx";
import { SuiteVersions } from "./suite-versions.tsx";
import { SuiteView } from "./suite-view.tsx";

export const route = createLazyRoute("/person/t/$tenant/suites/$suite")({ component: SuitePage });

function SuitePage() {
  const { t } = useTranslation("suites");
  const { suite: slug } = route.useParams();
  const { tab = "view" } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead("getSuite", { suite: slug });
  const mayEdit = useMay("edit");
  const mayUse = useMay("use");
  return (
    <Page
      title={slug}
      above={<PlaceLink path="/suites">{t("title")}</PlaceLink>}
      subtitle={read.data && t("versionLong", { version: read.data.version })}
      actions={
        <>
          <PlaceLink path="/evaluations" search={{ suite: slug }} className={buttonClass()}>
            {t("itsEvaluations")}
          </PlaceLink>
          {mayUse && (
            <PlaceLink
              path="/evaluations"
              search={{ suite: slug, start: "yes" }}
              className={buttonClass("primary")}
            >
              <Play className="size-4" aria-hidden />
              {t("startEvaluation")}
            </PlaceLink>
          )}
        </>
      }
    >
      <Loaded from={read}>
        {(suite) => (
          <Tabs
            open={tab === "edit" && !mayEdit ? "view" : tab}
            onOpen={(next) => void navigate({ search: { tab: next }, resetScroll: false })}
            label={t("partsOfSuite")}
            tabs={[
              { name: "view", title: t("tab.view"), content: () => <SuiteView spec={suite.spec} /> },
              ...(mayEdit
                ? [
                    {
                      name: "edit" as const,
                      title: t("tab.edit"),
                      content: () => (
                        <SuiteEditor
                          key={suite.version}
                          suite={suite}
                          onSaved={() => void navigate({ search: { tab: "view" } })}
                        />
                      ),
                    },
                  ]
                : []),
              { name: "file", title: t("tab.file"), content: () => <SuiteFileView suite={suite} /> },
              { name: "versions", title: t("tab.versions"), content: () => <SuiteVersions slug={slug} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
