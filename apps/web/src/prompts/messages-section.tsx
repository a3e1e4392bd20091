import { History, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { moveItem } from "../components/move-item.ts";
import { type FormMessage, newKey } from "../components/prompt-form.ts";
import { HistoryCard } from "./history-card.tsx";
import { MessageCard } from "./message-card.tsx";
import type { SectionProps } from "./section-props.ts";
import { problemsAt } from "./shown-problems.ts";

/** The messages in their order; each can be moved by buttons or by Alt and an arrow. */
export function MessagesSection({ form, change, problems }: SectionProps) {
  const { t } = useTranslation("prompts");
  const [told, setTold] = useState("");
  const focusAfterMove = useFocusAfter(form.messages);
  const set = (update: (messages: FormMessage[]) => FormMessage[]) =>
    change((now) => ({ ...now, messages: update(now.messages) }));
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    const message = form.messages[index];
    if (message === undefined || to < 0 || to >= form.messages.length) return;
    focusAfterMove(message.key);
    set((messages) => moveItem(messages, index, to));
    setTold(t("messages.moved", { place: to + 1, count: form.messages.length }));
  };
  const hasHistory = form.messages.some(({ kind }) => kind === "history");
  return (
    <Card title={t("messages.title")}>
      <p className="mb-3 text-sm text-ink-soft">{t("messages.text", { mark: "{{ name }}" })}</p>
      <p role="status" className="sr-only">
        {told}
      </p>
      <ol className="flex flex-col gap-3">
        {form.messages.map((message, index) => {
          const shared = {
            place: { index, count: form.messages.length },
            problems: problemsAt(problems, `messages[${index}]`),
            onMove: (by: -1 | 1) => move(index, by),
            onRemove: () => set((messages) => messages.toSpliced(index, 1)),
            onChange: (next: FormMessage) => set((messages) => messages.with(index, next)),
          };
          return message.kind === "history" ? (
            <HistoryCard key={message.key} message={message} {...shared} />
          ) : (
            <MessageCard key={message.key} message={message} form={form} change={change} {...shared} />
          );
        })}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          isSmall
          icon={<Plus className="size-4" aria-hidden />}
          onClick={() =>
            set((messages) => [...messages, { key: newKey(), kind: "text", role: "user", content: "" }])
          }
        >
          {t("messages.add")}
        </Button>
        {!hasHistory && (
          <Button
            isSmall
            icon={<History className="size-4" aria-hidden />}
            onClick={() => set((messages) => [...messages, { key: newKey(), kind: "history", max: "" }])}
          >
            {t("messages.addHistory")}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** What changes places in the page loses the focus; it is given back to the message that was moved. */
function useFocusAfter(messages: readonly FormMessage[]): (key: string) => void {
  const wanted = useRef<{ key: string; id: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the new order is on the page
  useEffect(() => {
    if (wanted.current === null) return;
    const { key, id } = wanted.current;
    wanted.current = null;
    const same = document.getElementById(id);
    const isUsable = same instanceof HTMLButtonElement && !same.disabled;
    (isUsable ? same : document.getElementById(`message-${key}`))?.focus();
  }, [messages]);
  return (key) => {
    wanted.current = { key, id: document.activeElement?.id ?? "" };
  };
}
