import { ArrowDown, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Where on the page the list of it stands. */
export const ATTENTION_ID = "attention";

/** First of all, in one line: does anything wait for somebody? Nothing is said as well, for it is good news. */
export function AttentionLine({ count }: { count: number }) {
  const { t } = useTranslation("home");
  if (count === 0) {
    return (
      <p className="flex items-center gap-2 rounded-xl bg-good-soft px-4 py-2.5 text-good">
        <CircleCheck className="size-4.5 shrink-0" aria-hidden />
        {t("attention.nothing")}
      </p>
    );
  }
  return (
    <p className="rounded-xl bg-warn-soft px-4 py-2.5">
      <a
        href={`#${ATTENTION_ID}`}
        className="flex items-center gap-2 font-medium text-warn underline-offset-2 hover:underline"
      >
        <ArrowDown className="size-4.5 shrink-0" aria-hidden />
        {t("attention.title", { count })}
      </a>
    </p>
  );
}
