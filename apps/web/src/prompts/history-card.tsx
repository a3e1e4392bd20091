import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/field.tsx";
import type { FormMessage } from "../components/prompt-form.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { MessageFrame, type MessageFrameProps } from "./message-frame.tsx";
import { ProblemList } from "./problem-list.tsx";

interface HistoryCardProps extends Pick<MessageFrameProps, "place" | "onMove" | "onRemove"> {
  message: Extract<FormMessage, { kind: "history" }>;
  problems: readonly ShownProblem[];
  onChange: (message: FormMessage) => void;
}

/** Where the caller's conversation goes. */
export function HistoryCard({ message, problems, onChange, ...frame }: HistoryCardProps) {
  const { t } = useTranslation("prompts");
  const head = (
    <span className="flex items-center gap-1.5 font-semibold">
      <History className="size-4" aria-hidden />
      {t("history.title")}
    </span>
  );
  return (
    <MessageFrame messageKey={message.key} head={head} {...frame}>
      <p className="text-sm text-ink-soft">{t("history.text")}</p>
      <TextField
        label={t("history.max")}
        hint={t("history.maxHint")}
        inputMode="numeric"
        className="max-w-64"
        value={message.max}
        onChange={(event) => onChange({ ...message, max: event.target.value })}
      />
      <ProblemList problems={problems} />
    </MessageFrame>
  );
}
