import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { DayStack } from "./stack-days.ts";

/** Told apart in both themes and by most colour-blind people; the table below says the same in numbers. */
const FILLS = ["#0f766e", "#d97706", "#4f6bd8", "#be3a6e", "#5f8a1e", "#8b5cf6", "#7c8a8f"];

interface UsageChartProps {
  groups: readonly string[];
  stacks: readonly DayStack[];
  format: (amount: number) => string;
  formatDay: (day: string) => string;
}

export function UsageChart({ groups, stacks, format, formatDay }: UsageChartProps) {
  return (
    <div className="h-72" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={[...stacks]}
          margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tickFormatter={formatDay}
            stroke="var(--ink-soft)"
            tickLine={false}
            minTickGap={24}
          />
          <YAxis
            tickFormatter={format}
            stroke="var(--ink-soft)"
            tickLine={false}
            axisLine={false}
            width={72}
          />
          <Tooltip
            formatter={(amount) => format(Number(amount))}
            labelFormatter={(day) => formatDay(String(day))}
            cursor={{ fill: "var(--raised)" }}
            contentStyle={{ background: "var(--surface)", border: "1px solid var(--line)", borderRadius: 10 }}
          />
          <Legend />
          {groups.map((group, index) => (
            <Bar
              key={group}
              name={group}
              dataKey={({ amounts }: DayStack) => amounts[group] ?? 0}
              stackId="day"
              fill={FILLS[index % FILLS.length] ?? "#0f766e"}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
