import type { Promotion, VerdictClause } from "@assay/core";
import { useTranslation } from "react-i18next";
import { PlaceLink } from "../components/place-link.tsx";
import { stepsOf } from "./steps-of.ts";

/** What one can do about a clause that is not met. */
export function ClauseNextStep({ clause, promotion }: { clause: VerdictClause; promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const steps = stepsOf(clause, promotion);
  if (steps.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      {steps.map(({ text, path, search, version }) => (
        <PlaceLink key={text} path={path} search={search}>
          {t(`step.${text}`, { version })}
        </PlaceLink>
      ))}
    </p>
  );
}
