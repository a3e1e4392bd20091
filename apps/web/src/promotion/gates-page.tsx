import type { Gate } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { GateChanges } from "./gate-changes.tsx";
import { GateView } from "./gate-view.tsx";
import { PromptPlaces } from "./prompt-places.tsx";
import { SetGateButton } from "./set-gate-button.tsx";

export const route = createLazyRoute("/person/t/$tenant/prompts/$prompt/gates")({ component: GatesPage });

/** What each label of a prompt asks for before a version may have it. */
function GatesPage() {
  const { t } = useTranslation("promotion");
  const { prompt } = route.useParams();
  const { label } = route.useSearch();
  const isAdmin = useMay("admin");
  const gates = useRead("listGates", { prompt });
  return (
    <Page
      title={t("gates.title", { prompt })}
      above={
        <PlaceLink path={`/prompts/${prompt}`}>
          <Bdi>{prompt}</Bdi>
        </PlaceLink>
      }
      subtitle={t("gates.subtitle")}
      actions={
        <>
          {isAdmin && <SetGateButton prompt={prompt} />}
          <PromptPlaces prompt={prompt} label={label} open="gates" />
        </>
      }
    >
      <Loaded from={gates}>
        {({ items }) =>
          items.length === 0 ? <NoGate prompt={prompt} /> : <Gates gates={sorted(items, label)} />
        }
      </Loaded>
      {gates.data?.items.length === 0 && <GateChanges prompt={prompt} label={label ?? "production"} />}
    </Page>
  );
}

function Gates({ gates }: { gates: readonly Gate[] }) {
  return gates.map((gate) => (
    <div key={gate.label} className="flex flex-col gap-5">
      <GateView gate={gate} />
      <GateChanges prompt={gate.prompt} label={gate.label} />
    </div>
  ));
}

/** The one that was asked for comes first. */
function sorted(gates: readonly Gate[], label: string | undefined): Gate[] {
  return gates.toSorted((a, b) => Number(b.label === label) - Number(a.label === label));
}

function NoGate({ prompt }: { prompt: string }) {
  const { t } = useTranslation("promotion");
  const isAdmin = useMay("admin");
  return (
    <EmptyState
      title={t("gates.empty")}
      action={
        isAdmin ? (
          <SetGateButton prompt={prompt} isPrimary />
        ) : (
          <p className="text-sm text-ink-soft">{t("gates.adminOnly")}</p>
        )
      }
    >
      <p>{t("gates.emptyText")}</p>
      <p className="mt-2">{t("gates.emptySteps")}</p>
    </EmptyState>
  );
}
