import { createContext, Script } from "node:vm";
import type { JsonSchema } from "@assay/core";
import { LIMITS } from "@assay/core";
import { Ajv2020 } from "ajv/dist/2020.js";

/**
 * A schema and an answer are a tenant's: compiling or checking them may not hold the process for good. Far above what
 * an honest schema needs. Where the thread stood still for most of it, on a busy machine, it is tried once more.
 */
const CHECK_MS = 1_000;
const TRIES_MAX = 2;
const CACHE_ENTRIES_MAX = 64;

export type AnswerCheck = (text: string) => { valid: true } | { valid: false; problem: string };

const checks = new Map<string, AnswerCheck>();

/**
 * A check of an answer's text against a JSON Schema (2020-12), or undefined for a schema that does not compile. The
 * cache holds schemas alone, which say nothing about who asked.
 */
export function compileAnswerCheck(schema: JsonSchema): AnswerCheck | undefined {
  const key = JSON.stringify(schema);
  if (key.length > LIMITS.caseBytesMax) return undefined;
  const known = checks.get(key);
  if (known) return known;
  // Made anew with every try: one that was interrupted takes the schema for one that is still being compiled.
  const compiled = bounded(() => {
    return new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schema);
  });
  if (!compiled.finished) return undefined;
  const validate = compiled.value;

  const check: AnswerCheck = (text) => {
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      return { valid: false, problem: "The answer is not JSON." };
    }
    const result = bounded(() => validate(answer));
    if (!result.finished) return { valid: false, problem: "The answer could not be checked in time." };
    if (result.value) return { valid: true };
    const [first] = validate.errors ?? [];
    const place = first?.instancePath.slice(0, 100) || "the answer";
    return { valid: false, problem: `The answer breaks its JSON Schema: ${place} ${first?.message ?? ""}.` };
  };
  if (checks.size >= CACHE_ENTRIES_MAX) checks.delete(checks.keys().next().value ?? "");
  checks.set(key, check);
  return check;
}

const call = new Script("work()");

/** Runs `work` under a deadline that also interrupts a regular expression. A throw counts as not finished. */
function bounded<T>(work: () => T): { finished: true; value: T } | { finished: false } {
  let value: T | undefined;
  const context = createContext({
    work: () => {
      value = work();
    },
  });
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = process.threadCpuUsage();
    try {
      call.runInContext(context, { timeout: CHECK_MS });
      return { finished: true, value: value as T };
    } catch (error) {
      const { user, system } = process.threadCpuUsage(before);
      const isInterrupted = (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
      if (!isInterrupted || (user + system) / 1_000 > CHECK_MS / 2) break;
    }
  }
  return { finished: false };
}
