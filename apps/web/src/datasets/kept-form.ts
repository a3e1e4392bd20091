import { useState } from "react";
import { readKeptValue } from "../components/use-kept.ts";
import { useKeptName, writeKept } from "../components/use-kept-text.ts";
import type { CaseForm } from "./case-form.ts";

/**
 * A case as it is being typed, kept by the browser until it is saved: a reload, a lost session or a closed tab loses
 * nothing. `key` is null for a new one.
 */
export function useKeptForm({ dataset, key }: { dataset: string; key: string | null }, initial: CaseForm) {
  const keptName = useKeptName(`case.${JSON.stringify([dataset, key])}`);
  const [kept, setKept] = useState(() => readKeptValue(keptName, isCaseForm));
  const keep = (form: CaseForm | undefined) => {
    setKept(form);
    writeKept(keptName, form === undefined ? null : JSON.stringify(form));
  };
  return { form: kept ?? initial, isKept: kept !== undefined, set: keep, forget: () => keep(undefined) };
}

function isCaseForm(value: unknown): value is CaseForm {
  if (typeof value !== "object" || value === null) return false;
  const { key, messages, variables, tags, group } = value as Record<string, unknown>;
  const texts = [key, tags, group];
  return (
    texts.every((text) => typeof text === "string") && Array.isArray(messages) && Array.isArray(variables)
  );
}
