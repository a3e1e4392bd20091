import type { KeyLimits, Tenant } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../components/form-dialog.tsx";
import { LimitsFields } from "./limits-fields.tsx";
import { limitsIn } from "./limits-in.ts";
import { useOperatorWrite } from "./use-operator-api.ts";

const DEFAULTS: KeyLimits = {
  requestsPerMinute: LIMITS.adminRequestsPerMinuteDefault,
  concurrentRequests: LIMITS.adminConcurrentRequestsDefault,
};

interface LimitsDialogProps {
  tenant: Tenant;
  limits: KeyLimits | null;
  onClose: () => void;
}

export function LimitsDialog({ tenant, limits, onClose }: LimitsDialogProps) {
  const { t } = useTranslation("operator");
  const present = limits ?? DEFAULTS;
  const set = useOperatorWrite("setTenantLimits");
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("setLimits")}
      description={t("setLimitsText", { name: tenant.name })}
      submitText={t("setLimits")}
      onSubmit={async (form) => {
        await set.mutateAsync({ tenantId: tenant.id, ...present, ...limitsIn(form) });
        onClose();
      }}
    >
      <LimitsFields present={present} />
    </FormDialog>
  );
}
