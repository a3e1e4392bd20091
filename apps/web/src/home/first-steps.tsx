import type { Overview } from "@assay/core";
import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useKept } from "../components/use-kept.ts";

type Has = Overview["has"];

const STEPS: readonly { of: keyof Has; path: string }[] = [
  { of: "prompts", path: "/prompts" },
  { of: "datasets", path: "/datasets" },
  { of: "suites", path: "/suites" },
  { of: "runs", path: "/evaluations" },
  { of: "gates", path: "/prompts" },
  { of: "labels", path: "/prompts" },
];

/** From an empty tenant to something proven in production: gone when all is done, or for whoever puts it away. */
export function FirstSteps({ has }: { has: Has }) {
  const { t } = useTranslation("home");
  const [isHidden, setHidden] = useKept("first-steps-hidden", false, isFlag);
  const next = STEPS.find(({ of }) => !has[of]);
  if (next === undefined) return null;
  if (isHidden) {
    return (
      <div>
        <Button isSmall look="quiet" onClick={() => setHidden(() => false)}>
          {t("steps.show")}
        </Button>
      </div>
    );
  }
  return (
    <Card
      title={t("steps.title")}
      actions={
        <Button isSmall look="quiet" onClick={() => setHidden(() => true)}>
          {t("steps.hide")}
        </Button>
      }
    >
      <p className="mb-3 max-w-prose text-ink-soft">{t("steps.text")}</p>
      <ol className="flex flex-col gap-2">
        {STEPS.map((step) => (
          <Step key={step.of} step={step} isDone={has[step.of]} isNext={step === next} />
        ))}
      </ol>
    </Card>
  );
}

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function Step({ step, isDone, isNext }: { step: (typeof STEPS)[number]; isDone: boolean; isNext: boolean }) {
  const { t } = useTranslation("home");
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <li className="flex items-start gap-2.5" aria-current={isNext ? "step" : undefined}>
      <Icon className={`mt-0.5 size-4.5 shrink-0 ${isDone ? "text-good" : "text-ink-soft"}`} aria-hidden />
      <div>
        <span className="sr-only">{t(isDone ? "steps.isDone" : "steps.isOpen")} </span>
        {isNext ? (
          <PlaceLink path={step.path} className="font-semibold text-accent hover:underline">
            {t(`steps.${step.of}`)}
          </PlaceLink>
        ) : (
          <span className={isDone ? "text-ink-soft" : ""}>{t(`steps.${step.of}`)}</span>
        )}
        {isNext && <p className="text-sm text-ink-soft">{t(`steps.${step.of}Text`)}</p>}
      </div>
    </li>
  );
}
