import type { EvidenceHashes as Hashes } from "@assay/core";
import { useTranslation } from "react-i18next";
import { showHidden } from "../i18n/show-hidden.ts";

const SHOWN_DIGITS = 12;

/** What the evidence is bound to: when one of these changes, it does not count any more. */
export function EvidenceHashes({ hashes }: { hashes: Hashes }) {
  const { t } = useTranslation("promotion");
  const known = Object.entries(hashes).filter(([, hash]) => hash !== null);
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer">{t("evidence.boundTo")}</summary>
      <p className="my-1 max-w-prose">{t("evidence.boundToText")}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {known.map(([name, hash]) => (
          <div key={name} className="contents">
            <dt>{t(`input.${name}`)}</dt>
            <dd className="font-mono [overflow-wrap:anywhere]" title={showHidden(String(hash))}>
              {name === "engineBuild" ? hash : String(hash).slice(0, SHOWN_DIGITS)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
