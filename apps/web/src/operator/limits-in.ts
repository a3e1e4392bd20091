import type { KeyLimits } from "@assay/core";

/** The limits that were typed; one that was left empty is the server's to choose. */
export function limitsIn(form: FormData): Partial<KeyLimits> {
  const limits: Partial<KeyLimits> = {};
  for (const name of ["requestsPerMinute", "concurrentRequests"] as const) {
    const text = form.get(name);
    if (typeof text === "string" && text.trim() !== "") limits[name] = Number(text);
  }
  return limits;
}
