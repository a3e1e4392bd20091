import { Play, Square } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";

interface RunBarProps {
  runText: string;
  /** Undefined while there is nothing that could run. */
  run: (() => void) | undefined;
  /** Undefined while nothing runs. */
  stop: (() => void) | undefined;
  children: ReactNode;
}

/** Begins and ends what a view of the playground does. */
export function RunBar({ runText, run, stop, children }: RunBarProps) {
  const { t } = useTranslation("playground");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        look="primary"
        icon={<Play className="size-4" aria-hidden />}
        disabled={run === undefined}
        aria-keyshortcuts="Control+Enter"
        onClick={run}
      >
        {runText}
      </Button>
      <Button
        icon={<Square className="size-4" aria-hidden />}
        disabled={stop === undefined}
        aria-keyshortcuts="Escape"
        onClick={stop}
      >
        {t("stopAll")}
      </Button>
      {children}
    </div>
  );
}
