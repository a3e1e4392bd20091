import { createLazyRoute } from "@tanstack/react-router";
import { FlaskConical, Rocket } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { buttonClass } from "../components/button.tsx";
import { LabelBadge } from "../components/label-badge.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Tabs } from "../components/tabs.tsx";
import { EditTab } from "./edit-tab.tsx";
import type { PromptTab } from "./prompt-search.ts";
import { UseTab } from "./use-tab.tsx";
import { VersionsTab } from "./versions-tab.tsx";

export const route = createLazyRoute("/person/t/$tenant/prompts/$prompt")({ component: PromptPage });

function PromptPage() {
  const { t } = useTranslation("prompts");
  const { prompt: slug } = route.useParams();
  const { tab = "edit", from, to, days } = route.useSearch();
  const navigate = route.useNavigate();
  const prompt = useRead("getPrompt", { prompt: slug }, { everyMs: 20_000 });
  const open = (name: PromptTab) => void navigate({ search: name === "edit" ? {} : { tab: name } });
  return (
    <Page
      title={slug}
      above={<PlaceLink path="/prompts">{t("title")}</PlaceLink>}
      subtitle={<Standing slug={slug} />}
      actions={<Actions slug={slug} />}
    >
      <Loaded from={prompt}>
        {({ description, latestVersion }) => (
          <>
            {description !== "" && (
              <p className="-mt-3 max-w-prose text-ink-soft [overflow-wrap:anywhere]">
                <Bdi>{description}</Bdi>
              </p>
            )}
            <Tabs
              open={tab}
              onOpen={open}
              label={t("tabs.label")}
              tabs={[
                {
                  name: "edit",
                  title: t("tabs.edit"),
                  content: () => <EditTab key={slug} prompt={slug} newest={latestVersion} />,
                },
                {
                  name: "versions",
                  title: t("tabs.versions"),
                  content: () => <VersionsTab prompt={slug} from={from} to={to} />,
                },
                {
                  name: "use",
                  title: t("tabs.use"),
                  content: () => <UseTab prompt={slug} days={days ?? 7} />,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Where the labels point, and whether that is proven: the first thing to know about a prompt. */
function Standing({ slug }: { slug: string }) {
  const labels = useRead("listLabels", { prompt: slug });
  if (labels.data === undefined || labels.data.items.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
      {labels.data.items.map((label) => (
        <li key={label.name}>
          <LabelBadge label={label} />
        </li>
      ))}
    </ul>
  );
}

function Actions({ slug }: { slug: string }) {
  const { t } = useTranslation("prompts");
  return (
    <>
      <PlaceLink path="/playground" search={{ prompt: slug }} className={buttonClass("plain")}>
        <FlaskConical className="size-4" aria-hidden />
        {t("toPlayground")}
      </PlaceLink>
      <PlaceLink path={`/prompts/${slug}/promote`} className={buttonClass("primary")}>
        <Rocket className="size-4" aria-hidden />
        {t("toPromote")}
      </PlaceLink>
    </>
  );
}
