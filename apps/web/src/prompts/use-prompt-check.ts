import type { PromptCheck } from "@assay/core";
import { useEffect, useRef, useState } from "react";
import { useWrite } from "../api/use-api.ts";
import { contentOf, type FormProblem, type PromptForm } from "../components/prompt-form.ts";
import { readVariables, type TypedVariables } from "../components/variable-field.ts";
import { fieldsOf } from "./sample-fields.ts";

const PAUSE_MS = 400;

export interface PromptChecking {
  /** What the server said of the newest text that it has seen; null before the first answer. */
  check: PromptCheck | null;
  /** What the form alone can tell. */
  problems: readonly FormProblem[];
  error: Error | null;
  /** The text is newer than the answer. */
  isBehind: boolean;
}

/** Holds what is written against the server's checks, after each pause. */
export function usePromptCheck(
  prompt: string,
  form: PromptForm,
  { samples, message }: { samples: TypedVariables; message: string },
): PromptChecking {
  const { mutateAsync } = useWrite("checkPrompt");
  const [answer, setAnswer] = useState<{ check: PromptCheck | null; error: Error | null; of: string }>({
    check: null,
    error: null,
    of: "",
  });
  const { content, problems } = contentOf(form);
  const used = answer.check?.variables ?? [];
  const { variables } = readVariables(fieldsOf(form.schemaText, used), samples);
  const messages = message === "" ? [] : [{ role: "user", content: message }];
  const question = JSON.stringify({ content, variables, messages });
  const newest = useRef(question);
  newest.current = question;

  useEffect(() => {
    const timer = setTimeout(async () => {
      try {
        const check = await mutateAsync({ prompt, ...JSON.parse(question) });
        if (newest.current === question) setAnswer({ check, error: null, of: question });
      } catch (error) {
        const refusal = error instanceof Error ? error : new Error(String(error));
        if (newest.current === question) setAnswer((last) => ({ ...last, error: refusal, of: question }));
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [mutateAsync, prompt, question]);

  return { check: answer.check, error: answer.error, problems, isBehind: answer.of !== question };
}
