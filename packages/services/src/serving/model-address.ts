import { LabelName, Slug } from "@assay/core";

/** What the `model` field of a request can name. */
export type ModelAddress =
  | { kind: "prompt"; slug: string; label: string }
  | { kind: "prompt"; slug: string; version: number }
  | { kind: "adapter"; slug: string; version: number }
  | { kind: "model"; slug: string };

const ADDRESS = /^(?:(prompt|adapter):)?([^@:]+)(?:@([^@:]+))?$/;
const VERSION = /^[1-9]\d{0,8}$/;

/** `prompt:<slug>[@<label or n>]`, `adapter:<slug>@<n>` or a model's slug; undefined for anything else. */
export function parseModelAddress(text: string): ModelAddress | undefined {
  const match = ADDRESS.exec(text);
  if (match === null) return undefined;
  const [, kind, slug = "", at] = match;
  if (!Slug.safeParse(slug).success) return undefined;
  const version = at !== undefined && VERSION.test(at) ? Number(at) : undefined;
  if (kind === "adapter") return version === undefined ? undefined : { kind, slug, version };
  if (kind === undefined) return at === undefined ? { kind: "model", slug } : undefined;
  if (version !== undefined) return { kind: "prompt", slug, version };
  const label = at ?? "production";
  return LabelName.safeParse(label).success ? { kind: "prompt", slug, label } : undefined;
}
