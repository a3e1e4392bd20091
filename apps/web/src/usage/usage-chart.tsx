import { Bdi } from "../components/bdi.tsx";
import { showHidden } from "../i18n/show-hidden.ts";
import { axisTicks } from "./axis-ticks.ts";
import type { DayStack } from "./stack-days.ts";

/** Told apart in both themes and by most colour-blind people; the table below says the same in numbers. */
const FILLS = ["#0f766e", "#d97706", "#4f6bd8", "#be3a6e", "#5f8a1e", "#8b5cf6", "#7c8a8f"];

interface UsageChartProps {
  groups: readonly string[];
  stacks: readonly DayStack[];
  format: (amount: number) => string;
  formatDay: (day: string) => string;
}

/** A column a day, a part of it per group. For eyes alone: a table says the same. */
export function UsageChart({ groups, stacks, format, formatDay }: UsageChartProps) {
  const totals = stacks.map(({ amounts }) => groups.reduce((sum, group) => sum + (amounts[group] ?? 0), 0));
  const ticks = axisTicks(Math.max(0, ...totals));
  const top = ticks.at(-1) ?? 1;
  const percent = (amount: number) => `${(amount / top) * 100}%`;
  const words = ({ day, amounts }: DayStack) => {
    const parts = groups.filter((group) => amounts[group]);
    return [formatDay(day), ...parts.map((group) => `${showHidden(group)}: ${format(amounts[group] ?? 0)}`)];
  };
  return (
    <div className="flex flex-col gap-2 pt-3 text-sm text-ink-soft" aria-hidden>
      <div className="flex h-60 gap-2">
        <div className="relative w-16 shrink-0">
          {ticks.map((tick) => (
            <span key={tick} className="absolute right-0 translate-y-1/2" style={{ bottom: percent(tick) }}>
              {format(tick)}
            </span>
          ))}
        </div>
        <div className="relative flex min-w-0 flex-1 gap-px sm:gap-1">
          {ticks.map((tick) => (
            <div
              key={tick}
              className="absolute inset-x-0 border-t border-line"
              style={{ bottom: percent(tick) }}
            />
          ))}
          {stacks.map((stack) => (
            <div
              key={stack.day}
              title={words(stack).join("\n")}
              className="relative flex h-full min-w-0 flex-1 flex-col-reverse hover:bg-raised/60"
            >
              {groups.map((group, index) => (
                <div
                  key={group}
                  style={{
                    height: percent(stack.amounts[group] ?? 0),
                    background: FILLS[index % FILLS.length],
                  }}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <div className="flex justify-between gap-2 pl-18">
        {[stacks[0], stacks[Math.floor(stacks.length / 2)], stacks.at(-1)].map(
          (stack, at) =>
            stack !== undefined && (
              <span key={at === 0 ? "first" : at === 1 ? "middle" : "last"}>{formatDay(stack.day)}</span>
            ),
        )}
      </div>
      <ul className="flex flex-wrap justify-center gap-x-4 gap-y-1">
        {groups.map((group, index) => (
          <li key={group} className="flex min-w-0 items-center gap-1.5">
            <span
              className="size-3 shrink-0 rounded-sm"
              style={{ background: FILLS[index % FILLS.length] }}
            />
            <Bdi className="truncate">{group}</Bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
