import type { Json } from "@assay/core";

/** How a value of a JSON Schema's `type` is asked for, where nothing else narrows it. */
export function schemaKind(type: Json | undefined): "text" | "number" | "boolean" | "json" {
  if (type === "string") return "text";
  if (type === "number" || type === "integer") return "number";
  return type === "boolean" ? "boolean" : "json";
}
