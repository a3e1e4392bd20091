import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";

const HEIGHT = 64;

/** Requests of each day as bars; the same in words for those who do not see them. */
export function DayBars({ days }: { days: readonly { date: string; requests: number }[] }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const most = Math.max(1, ...days.map(({ requests }) => requests));
  const wordsOf = ({ date, requests }: { date: string; requests: number }) =>
    t("use.dayWords", { date: format.date(date), count: requests, shown: format.integer(requests) });
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="flex flex-col gap-1">
      <svg
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-16 w-full"
        role="img"
        aria-label={days.map(wordsOf).join("; ")}
      >
        {days.map((day, index) => {
          const height = (day.requests / most) * HEIGHT;
          return (
            <rect
              key={day.date}
              x={index + 0.1}
              y={HEIGHT - height}
              width={0.8}
              height={height}
              className="fill-accent"
            >
              <title>{wordsOf(day)}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="flex justify-between text-xs text-ink-soft">
        <span>{first && format.date(first.date)}</span>
        <span>{last && format.date(last.date)}</span>
      </figcaption>
    </figure>
  );
}
