import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";

export interface MessageFrameProps {
  messageKey: string;
  place: { index: number; count: number };
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** In the row of the buttons. */
  head: ReactNode;
  children: ReactNode;
}

/** A message's frame: what it is, and its way up, down and out. */
export function MessageFrame({ messageKey, place, onMove, onRemove, head, children }: MessageFrameProps) {
  const { t } = useTranslation("prompts");
  const number = place.index + 1;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
    // Within a text Alt and an arrow move its lines.
    const isInText = event.target instanceof HTMLElement && event.target.isContentEditable;
    if (!event.altKey || by === null || isInText) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li
      id={`message-${messageKey}`}
      tabIndex={-1}
      aria-label={t("messages.place", { place: number, count: place.count })}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-raised/40 p-3"
      onKeyDown={onKeyDown}
    >
      <div className="flex flex-wrap items-center gap-1">
        <div className="flex min-w-0 grow flex-wrap items-center gap-2">{head}</div>
        <div className="flex gap-1">
          <IconButton
            id={`up-${messageKey}`}
            label={t("messages.up", { place: number })}
            icon={<ArrowUp className="size-4" aria-hidden />}
            disabled={place.index === 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            id={`down-${messageKey}`}
            label={t("messages.down", { place: number })}
            icon={<ArrowDown className="size-4" aria-hidden />}
            disabled={number === place.count}
            onClick={() => onMove(1)}
          />
          <IconButton
            label={t("messages.remove", { place: number })}
            icon={<Trash2 className="size-4" aria-hidden />}
            disabled={place.count === 1}
            onClick={onRemove}
          />
        </div>
      </div>
      {children}
    </li>
  );
}
