import { z } from "zod";

/** What can be recognised in a text as somebody's, or as a secret. */
export const PiiKind = z.enum(["email", "phone", "iban", "card", "api-key", "pesel"]);
export type PiiKind = z.infer<typeof PiiKind>;
