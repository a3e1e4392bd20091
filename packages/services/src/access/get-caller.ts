import type { Caller } from "@assay/core";
import type { Context } from "../context.ts";

export async function getCaller({ caller, tenantInfo }: Context): Promise<Caller> {
  return {
    audience: "tenant",
    tenant: tenantInfo,
    keyId: caller.keyId,
    userId: caller.userId,
    scopes: [...caller.scopes],
    prompts: caller.prompts === null ? null : [...caller.prompts],
    labels: caller.labels === null ? null : [...caller.labels],
  };
}
