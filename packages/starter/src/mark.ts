import type { Triage } from "./cases.ts";

/** How right one answer is. */
export interface Mark {
  /** 1 when the answer is exactly the expected object, else 0. */
  readonly exact: number;
  /** Share of expected fields that are right. */
  readonly fields: number;
}

const WRONG: Mark = { exact: 0, fields: 0 };

/** Marks an answer. Text that is no JSON object is wrong in every field; an extra field is not exact. */
export function markAnswer(text: string, expected: Triage): Mark {
  const answer = parseObject(text);
  if (answer === undefined) return WRONG;
  const wanted = Object.entries(expected);
  const right = wanted.filter(([field, value]) => answer[field] === value).length;
  const complete = right === wanted.length && Object.keys(answer).length === wanted.length;
  return { exact: complete ? 1 : 0, fields: right / wanted.length };
}

/** The mean of many marks. Throws on an empty list: no answers is not a score of zero. */
export function meanMark(marks: readonly Mark[]): Mark {
  if (marks.length === 0) throw new Error("cannot average no marks");
  const sum = (pick: (mark: Mark) => number) => marks.reduce((total, mark) => total + pick(mark), 0);
  return {
    exact: sum((mark) => mark.exact) / marks.length,
    fields: sum((mark) => mark.fields) / marks.length,
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
