import type { Holding, TenantLimits } from "@assay/core";
import clsx from "clsx";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { useFormat } from "../i18n/format.ts";

const POLL_MS = 15_000;
const NEARLY_FULL = 0.8;

/** How far one is from what one may do at most. */
export function LimitsCard() {
  const { t } = useTranslation("usage");
  const limits = useRead("getLimits", {}, { everyMs: POLL_MS });
  return (
    <Card title={t("limits")}>
      <Loaded from={limits}>
        {(read) => (
          <div className="flex flex-col gap-4">
            <Rates of={read} />
            {read.holdings.length > 0 && (
              <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
                {read.holdings.map((holding) => (
                  <HoldingBar key={holding.name} of={holding} />
                ))}
              </dl>
            )}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Rates({ of: { caller, tenant } }: { of: TenantLimits }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const words = (limits: { requestsPerMinute: number; concurrentRequests: number }) => ({
    minute: format.integer(limits.requestsPerMinute),
    atOnce: format.integer(limits.concurrentRequests),
  });
  return (
    <ul className="flex flex-col gap-1">
      <li>{t("yours", words(caller))}</li>
      {tenant !== null && (
        <>
          <li>{tenant.keyLimits === null ? t("noKeyLimits") : t("ofKeys", words(tenant.keyLimits))}</li>
          <li>{t("lastMinute", { amount: format.integer(tenant.requestsLastMinute) })}</li>
        </>
      )}
    </ul>
  );
}

function HoldingBar({ of: { name, used, max } }: { of: Holding }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const show = (amount: number) => (name === "fileBytes" ? format.bytes(amount) : format.integer(amount));
  const title = t(`holdings.${name}`);
  return (
    <div className="flex flex-col gap-1">
      <dt className="flex justify-between gap-3 text-sm">
        <span>{title}</span>
        <span className="tabular whitespace-nowrap text-ink-soft">
          {t("usedOf", { used: show(used), max: show(max) })}
        </span>
      </dt>
      <dd>
        <meter className="sr-only" aria-label={title} min={0} max={max} value={used} />
        <div className="h-2 overflow-hidden rounded-full bg-line" aria-hidden>
          <div
            className={clsx("h-full rounded-full", used > max * NEARLY_FULL ? "bg-warn" : "bg-accent")}
            style={{ width: `${Math.min(100, (used / max) * 100)}%` }}
          />
        </div>
      </dd>
    </div>
  );
}
