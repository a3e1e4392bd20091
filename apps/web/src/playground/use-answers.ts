import { useCallback, useEffect, useRef, useState } from "react";
import { useTenant } from "../api/use-tenant.ts";
import { type Answer, isRunning, WAITING } from "./answer.ts";
import { ask } from "./ask.ts";

export interface Answers {
  of(key: string): Answer | undefined;
  isAnyRunning: boolean;
  /** Asks anew; an answer that is still coming is stopped first. */
  start(key: string, request: { url: string; body: object }): void;
  stop(key: string): void;
  stopAll(): void;
}

/** The answers of all columns, each by its key. They grow once a frame at most, however fast tokens come. */
export function useAnswers(): Answers {
  const tenant = useTenant().slug;
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const controllers = useRef(new Map<string, AbortController>());
  const stop = useCallback((key: string) => controllers.current.get(key)?.abort(), []);
  const stopAll = useCallback(() => {
    for (const controller of controllers.current.values()) controller.abort();
  }, []);
  // Whoever leaves the page waits for nothing any more.
  useEffect(() => stopAll, [stopAll]);

  const start = async (key: string, request: { url: string; body: object }) => {
    stop(key);
    const controller = new AbortController();
    controllers.current.set(key, controller);
    const show = (answer: Answer) => {
      if (controllers.current.get(key) === controller) setAnswers((now) => new Map(now).set(key, answer));
    };
    let frame = 0;
    show(WAITING);
    const onGrow = (answer: Answer) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => show(answer));
    };
    const answer = await ask({ tenant, request, signal: controller.signal, onGrow });
    cancelAnimationFrame(frame);
    show(answer);
  };

  return {
    of: (key) => answers.get(key),
    isAnyRunning: [...answers.values()].some(isRunning),
    start: (key, request) => void start(key, request),
    stop,
    stopAll,
  };
}
