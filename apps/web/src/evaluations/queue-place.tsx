import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { runsBefore } from "./runs-before.ts";

const EVERY_MS = 4_000;

/** What a run waits for: those of the tenant that began or were asked for before it. */
export function QueuePlace({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const queued = useList("listRuns", { status: "queued", limit: 100 }, { everyMs: EVERY_MS });
  const running = useList("listRuns", { status: "running", limit: 100 }, { everyMs: EVERY_MS });
  if (queued.data === undefined || running.data === undefined) return null;
  const count = runsBefore(run, [...queued.data, ...running.data]);
  return <p className="text-ink-soft">{t(count === 0 ? "queue.next" : "queue.after", { count })}</p>;
}
