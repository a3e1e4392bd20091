import { ClientError } from "@assay/client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { readKeptValue } from "../components/use-kept.ts";
import { useKeptName, writeKept } from "../components/use-kept-text.ts";
import {
  dueOf,
  EMPTY_OUTBOX,
  type GivenLabel,
  isOutbox,
  type Outbox,
  withLabel,
  withoutItem,
} from "./outbox.ts";

/** What a label changes. */
const CHANGED = ["getNextAnnotation", "listAnnotationItems", "getJudgeAgreement"] as const;

/** How long a label waits for its undo when nothing else happens. */
const UNDO_MS = 30_000;

export interface LabelSender {
  outbox: Outbox;
  /** Why a label could not be sent; it is kept and tried again with the next one. */
  error: unknown;
  give(label: GivenLabel): void;
  /** Takes back the newest label, if it has not been sent. */
  undo(): GivenLabel | undefined;
  /** Sends what is left; nothing can be taken back afterwards. */
  sendAll(): Promise<void>;
}

/** Sends labels one behind the other, the newest after a while or with the next; the browser keeps those on their way. */
export function useLabelSender(queue: string): LabelSender {
  const tenant = useTenant().slug;
  const queries = useQueryClient();
  const name = useKeptName(`annotation.${queue}.labels`);
  const [outbox, setOutbox] = useState<Outbox>(() => readKeptValue(name, isOutbox) ?? EMPTY_OUTBOX);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(outbox);
  const sending = useRef<Promise<void>>(Promise.resolve());

  const put = useCallback(
    (next: Outbox) => {
      latest.current = next;
      writeKept(name, next.length === 0 ? null : JSON.stringify(next));
      setOutbox(next);
    },
    [name],
  );
  const sendOne = useCallback(
    async (label: GivenLabel) => {
      try {
        await clientOf(tenant).labelAnnotation({ queue, ...label });
      } catch (refusal) {
        // Somebody else gave the last label, or this one arrived before: there is nothing left to send.
        if (!(refusal instanceof ClientError && refusal.code === "conflict")) throw refusal;
      }
      put(withoutItem(latest.current, label.itemId));
    },
    [tenant, queue, put],
  );
  const send = useCallback(
    (which: (outbox: Outbox) => Outbox) => {
      // One at a time and in order, whoever asks.
      sending.current = sending.current.then(async () => {
        try {
          for (const label of which(latest.current)) await sendOne(label);
          setError(null);
        } catch (refusal) {
          setError(refusal);
        }
        await Promise.all(CHANGED.map((name) => queries.invalidateQueries({ queryKey: [tenant, name] })));
      });
      return sending.current;
    },
    [sendOne, queries, tenant],
  );

  useEffect(() => {
    if (outbox.length === 0) return;
    const timer = setTimeout(() => void send((all) => all), UNDO_MS);
    return () => clearTimeout(timer);
  }, [outbox, send]);
  // Of labels that were on their way when the page was left, some have arrived, and are counted by the server too.
  useEffect(() => {
    if (dueOf(latest.current).length > 0) void send(dueOf);
  }, [send]);
  // Whoever leaves the page has made up their mind.
  useEffect(() => () => void send((all) => all), [send]);

  return {
    outbox,
    error,
    give: (label) => {
      put(withLabel(latest.current, label));
      void send(dueOf);
    },
    undo: () => {
      const label = latest.current.at(-1);
      if (label !== undefined) put(withoutItem(latest.current, label.itemId));
      return label;
    },
    sendAll: () => send((all) => all),
  };
}
