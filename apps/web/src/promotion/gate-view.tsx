import type { Gate } from "@assay/core";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead, useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Card } from "../components/card.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { policyWords } from "../gate/policy-words.ts";
import { VerdictBadge } from "../gate/verdict-badge.tsx";
import { useFormat } from "../i18n/format.ts";
import { SetGateButton } from "./set-gate-button.tsx";

/** One gate in words, with what it would say to the newest version. */
export function GateView({ gate }: { gate: Gate }) {
  const { t } = useTranslation(["promotion", "gate"]);
  const format = useFormat();
  const words = useTranslation("gate");
  // The server's words say whether a judge enters the policy, which depends on the suite's scorers.
  const hasJudges = gate.explanation.some((sentence) => /\bjudge\b.*kappa/i.test(sentence));
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <ShieldCheck className="size-4.5 text-good" aria-hidden />
          {t("gates.of", { label: gate.label })}
        </span>
      }
      actions={<GateActions gate={gate} />}
    >
      <ul className="list-disc space-y-1 pl-5">
        <li>{t("gates.measured")}</li>
        {policyWords(gate.policy, { t: words.t, format }, hasJudges).map((sentence) => (
          <li key={sentence} className="[overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-soft">
        <PlaceLink path={`/suites/${gate.suite}`}>
          {t("gates.suite", { suite: gate.suite, version: gate.suiteVersion })}
        </PlaceLink>
        {" · "}
        <PlaceLink path={`/datasets/${gate.dataset}`}>
          {t("gates.dataset", { dataset: gate.dataset, version: gate.datasetVersion })}
        </PlaceLink>
        {" · "}
        {t("gates.since", { when: format.dateTime(gate.updatedAt) })}
      </p>
      <NewestVersion gate={gate} />
    </Card>
  );
}

function GateActions({ gate }: { gate: Gate }) {
  const { t } = useTranslation("promotion");
  const isAdmin = useMay("admin");
  const remove = useWrite("removeGate", ["listGates", "listGateChanges", "listLabels", "getPromotion"]);
  if (!isAdmin) return null;
  const { prompt, label } = gate;
  return (
    <>
      <SetGateButton prompt={prompt} gate={gate} />
      <ConfirmButton
        isSmall
        text={t("gates.remove")}
        question={t("gates.removeText", { label })}
        confirmText={t("gates.remove")}
        onConfirm={() => remove.mutateAsync({ prompt, label })}
      />
    </>
  );
}

function NewestVersion({ gate: { prompt, label } }: { gate: Gate }) {
  const { t } = useTranslation("promotion");
  const about = useRead("getPrompt", { prompt });
  const version = about.data?.latestVersion ?? null;
  const promotion = useRead(
    "getPromotion",
    { prompt, label, version: version ?? 1 },
    { isEnabled: version !== null },
  );
  if (version === null) return null;
  return (
    <div className="mt-4 rounded-lg bg-raised px-4 py-3">
      <Loaded from={promotion}>
        {({ verdict }) => (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>{t("gates.newest", { version })}</span>
            {verdict !== null && <VerdictBadge outcome={verdict.outcome} />}
            <PlaceLink path={`/prompts/${prompt}/promote`} search={{ label, version }}>
              {t("gates.look")}
            </PlaceLink>
          </p>
        )}
      </Loaded>
    </div>
  );
}
