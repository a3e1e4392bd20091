import type { ConfinedKey } from "@assay/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyLine } from "../components/copy-line.tsx";
import { SecretOnce } from "../components/secret-once.tsx";
import { usePromptChoices } from "../components/use-prompt-choices.ts";
import { modelsOfKey } from "./models-of-key.ts";

const MODELS_SHOWN = 4;

/** All that an app's developer needs: the secret, where to ask, and for what. */
export function KeyHandout({ made }: { made: ConfinedKey }) {
  const { t } = useTranslation("settings");
  const mayUse = made.key.scopes.includes("use");
  return (
    <div className="flex flex-col gap-4">
      <SecretOnce label={t("keys.secret")} secret={made.secret} />
      {mayUse && <HowToAsk made={made} />}
      {made.unknownLabels.length > 0 && (
        <p className="rounded-lg bg-warn-soft px-3.5 py-2.5 text-warn">
          {t("keys.unknownLabels", { labels: made.unknownLabels.join(", ") })}
        </p>
      )}
    </div>
  );
}

function HowToAsk({ made: { key } }: { made: ConfinedKey }) {
  const { t } = useTranslation("settings");
  const choices = usePromptChoices();
  const known = (choices.data ?? []).flatMap(({ slug, latestVersion }) =>
    latestVersion === null ? [] : slug,
  );
  const models = modelsOfKey(key, known);
  return (
    <>
      <p>{t("keys.handOver")}</p>
      <Line label={t("keys.baseUrl")}>
        <CopyLine label={t("keys.baseUrl")} text={`${window.location.origin}/v1`} />
      </Line>
      {models.length > 0 && (
        <Line label={t("keys.model")}>
          {models.slice(0, MODELS_SHOWN).map((model) => (
            <CopyLine key={model} label={t("keys.model")} text={model} />
          ))}
          {models.length > MODELS_SHOWN && (
            <p className="text-sm text-ink-soft">
              {t("keys.moreModels", { count: models.length - MODELS_SHOWN })}
            </p>
          )}
        </Line>
      )}
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium" aria-hidden>
        {label}
      </p>
      {children}
    </div>
  );
}
