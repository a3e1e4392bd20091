import { AppError, type JsonSchema } from "@assay/core";
import type { z } from "zod";
import { compileJsonSchema } from "./json-schema.ts";

/** Of a scorer's options: a schema that does not compile is refused when the suite is stored. */
export function refuseBadSchema(
  { schema }: { schema?: JsonSchema | undefined },
  context: z.core.$RefinementCtx,
): void {
  if (schema === undefined) return;
  try {
    compileJsonSchema(schema);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.addIssue({ code: "custom", path: ["schema"], message: error.message });
  }
}
