import { z } from "zod";
import { SLUG_RULE } from "./slug-rule.ts";

/** Ids are opaque: a prefix that says the kind, and 32 hex digits that sort by creation time. */
export const Id = z.string().regex(/^[a-z]{2,4}_[0-9a-f]{32}$/, "is not an id");
export type Id = z.infer<typeof Id>;

/** The name a thing goes by in URLs, files and `model:` addresses. */
export const Slug = z.string().max(SLUG_RULE.lengthMax).regex(SLUG_RULE.pattern, SLUG_RULE.hint);
export type Slug = z.infer<typeof Slug>;

/** `latest` is kept by the server and cannot be moved. A name of digits alone would read as a version number. */
export const LabelName = Slug.refine((name) => !/^\d+$/.test(name), "a label may not be a number");

export const VersionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
export const Timestamp = z.iso.datetime();

/** JSON that stays within the depth bound; keys that could reach a prototype are refused. */
export const JsonValue = z.json();
export const JsonObject = z.record(z.string(), z.json());

/** A JSON Schema, draft 2020-12; that it compiles is checked where it is stored. */
export const JsonSchema = z.record(z.string(), z.json());
export type JsonSchema = z.infer<typeof JsonSchema>;
