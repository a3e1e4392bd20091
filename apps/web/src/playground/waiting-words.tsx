import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";

const TICK_MS = 1_000;
/** From here on one asks oneself why. */
const LONG_MS = 4_000;
const VERY_LONG_MS = 30_000;

/**
 * Before the first word: how long it has been, and why that can be. The server begins its answer with the first word,
 * so what keeps it is not known here.
 */
export function WaitingWords() {
  const { t } = useTranslation("playground");
  const format = useFormat();
  const elapsedMs = useElapsedMs();
  const stage = elapsedMs < LONG_MS ? "short" : elapsedMs < VERY_LONG_MS ? "long" : "veryLong";
  return (
    <p className="text-sm text-ink-soft">
      <span role="status">{t(`waiting.${stage}`)}</span>
      {stage !== "short" && (
        // Read out each second it would drown all else.
        <span className="tabular ml-1.5" aria-hidden>
          {format.duration(elapsedMs)}
        </span>
      )}
    </p>
  );
}

function useElapsedMs(): number {
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(
      () => setElapsedMs(Math.round((performance.now() - startedAt) / TICK_MS) * TICK_MS),
      TICK_MS,
    );
    return () => clearInterval(timer);
  }, []);
  return elapsedMs;
}
