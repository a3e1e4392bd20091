import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { NewTenantDialog } from "./new-tenant-dialog.tsx";
import { OPERATOR_DAYS, type OperatorSearch } from "./operator-search.ts";
import { TenantsTable } from "./tenants-table.tsx";
import { useOperatorList } from "./use-operator-api.ts";

type Days = NonNullable<OperatorSearch["days"]>;

export function TenantsTab({ days, onDays }: { days: Days; onDays: (days: Days) => void }) {
  const { t } = useTranslation("operator");
  const [isMaking, setMaking] = useState(false);
  const tenants = useOperatorList("listTenantUsage", { days: Number(days) });
  const make = (
    <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
      {t("makeTenant")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <SelectField
          label={t("period")}
          value={days}
          options={OPERATOR_DAYS.map((value) => ({ value, text: t("days", { count: Number(value) }) }))}
          onChange={(event) => onDays(event.target.value as Days)}
        />
        {make}
      </div>
      <p className="text-sm text-ink-soft">{t("numbersOnly")}</p>
      <Loaded from={tenants}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noTenants")} action={make}>
              {t("noTenantsText")}
            </EmptyState>
          ) : (
            <TenantsTable rows={rows} />
          )
        }
      </Loaded>
      <MoreButton of={tenants} />
      {isMaking && <NewTenantDialog onClose={() => setMaking(false)} />}
    </div>
  );
}
