import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { CompareVersions } from "./compare-versions.tsx";
import { TimelineEntry } from "./timeline-entry.tsx";
import { useRollbackVersions } from "./use-rollback-versions.ts";

interface VersionsTabProps {
  prompt: string;
  from: number | undefined;
  to: number | undefined;
}

/** Every version, newest first: by whom, why, what changed, how far it is proven; and any two beside each other. */
export function VersionsTab({ prompt, from, to }: VersionsTabProps) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const timeline = useList("listPromptTimeline", { prompt, limit: 20 }, { everyMs: 20_000 });
  const back = useRollbackVersions(prompt);
  const compare = (versions: { from: number; to: number } | null) =>
    void navigate({
      to: "/t/$tenant/prompts/$prompt",
      params: { tenant, prompt },
      search: { tab: "versions", ...versions },
      resetScroll: versions !== null,
    });
  return (
    <div className="flex flex-col gap-4">
      {from !== undefined && to !== undefined && (
        <CompareVersions prompt={prompt} from={from} to={to} known={timeline.data ?? []} onChoose={compare} />
      )}
      <Loaded from={timeline}>
        {(versions) =>
          versions.length === 0 ? (
            <EmptyState title={t("noVersion")}>{t("timeline.none")}</EmptyState>
          ) : (
            <ol className="flex flex-col gap-3" aria-label={t("tabs.versions")}>
              {versions.map((version) => (
                <TimelineEntry
                  key={version.version}
                  prompt={prompt}
                  version={version}
                  rollbackFrom={back.versions.has(version.version) ? back.present : null}
                  onCompare={compare}
                />
              ))}
            </ol>
          )
        }
      </Loaded>
      <MoreButton of={timeline} />
    </div>
  );
}
