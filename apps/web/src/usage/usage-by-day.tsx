import type { UsageDay } from "@assay/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Waiting } from "../components/loaded.tsx";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";
import { type DayStack, stackDays, type UsageMeasure } from "./stack-days.ts";

const UsageChart = lazy(async () => ({ default: (await import("./usage-chart.tsx")).UsageChart }));

interface UsageByDayProps {
  days: readonly string[];
  rows: readonly UsageDay[];
  measure: UsageMeasure;
  by: "prompt" | "model" | "key";
}

export function UsageByDay({ days, rows, measure, by }: UsageByDayProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const actorOf = (group: string | null) => (group === null ? null : `key:${group}`);
  const nameOf = useActorNames(by === "key" ? rows.map(({ group }) => actorOf(group)) : []);
  const named =
    by === "key" ? rows.map((row) => ({ ...row, group: row.group && nameOf(actorOf(row.group)) })) : rows;
  const names = { measure, other: t("other"), none: t(`none.${by}`) };
  const { groups, stacks, unknownDays } = stackDays(days, named, names);
  const show = (amount: number) => (measure === "costMicros" ? format.cost(amount) : format.integer(amount));
  const sumOf = ({ amounts }: DayStack) => Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  return (
    <Card title={t(`measures.${measure}`)}>
      <Suspense fallback={<Waiting />}>
        <UsageChart groups={groups} stacks={stacks} format={show} formatDay={(day) => format.date(day)} />
      </Suspense>
      {measure === "costMicros" && unknownDays > 0 && (
        <p className="text-sm text-warn">{t("unknownCost", { count: unknownDays })}</p>
      )}
      <details className="mt-3">
        <summary className="cursor-pointer font-medium">{t("inNumbers")}</summary>
        <Table
          caption={t(`measures.${measure}`)}
          rows={stacks.filter((stack) => sumOf(stack) > 0).toReversed()}
          rowKey={({ day }) => day}
          columns={[
            { key: "day", title: t("day"), cell: ({ day }) => format.date(day) },
            ...groups.map((group) => ({
              key: group,
              title: <Bdi>{group}</Bdi>,
              isNumber: true,
              cell: ({ amounts }: DayStack) => show(amounts[group] ?? 0),
            })),
          ]}
        />
      </details>
    </Card>
  );
}
