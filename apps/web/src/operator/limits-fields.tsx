import type { KeyLimits } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/field.tsx";

/** What a tenant's keys may ask for: where nothing is set yet, an empty field is the server's to choose. */
export function LimitsFields({ present }: { present?: KeyLimits }) {
  const { t } = useTranslation("operator");
  const isRequired = present !== undefined;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        name="requestsPerMinute"
        type="number"
        min={1}
        label={t("requestsPerMinute")}
        placeholder={String(LIMITS.adminRequestsPerMinuteDefault)}
        defaultValue={present?.requestsPerMinute}
        required={isRequired}
      />
      <TextField
        name="concurrentRequests"
        type="number"
        min={1}
        label={t("concurrentRequests")}
        placeholder={String(LIMITS.adminConcurrentRequestsDefault)}
        defaultValue={present?.concurrentRequests}
        required={isRequired}
      />
    </div>
  );
}
