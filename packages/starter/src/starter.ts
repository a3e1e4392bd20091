import { readdirSync } from "node:fs";
import { type StarterFile, starterFile, starterPath } from "./manifest.ts";

/** A model file with the place where it lies. */
export interface PlacedFile extends StarterFile {
  /** Absolute path. */
  readonly path: string;
}

/** What the server seeds for one starter tenant. All paths are absolute. */
export interface StarterTenant {
  readonly slug: string;
  readonly name: string;
  readonly adapter: PlacedFile & { readonly slug: string };
  readonly dataset: { readonly slug: string; readonly description: string; readonly path: string };
  readonly prompt: {
    readonly slug: string;
    readonly description: string;
    /**
     * YAML prompt files, which become versions 1, 2 and 3: the incumbent that holds the label first, a worse one that
     * the gate refuses, and a better one that it accepts.
     */
    readonly versionPaths: readonly [string, string, string];
  };
  /** Suite file with the gate of `production`. */
  readonly suite: { readonly slug: string; readonly path: string };
}

/** The starter: one shared base model and the tenants that work on it. */
export interface Starter {
  readonly model: PlacedFile & {
    readonly slug: string;
    /** Price in micro-units per million tokens, so that local work shows up in usage. */
    readonly price: { readonly inputMicrosPerMillion: number; readonly outputMicrosPerMillion: number };
  };
  /**
   * Prompts of judges, by the type of the scorer that asks them. The starter model is far too small to judge: with it
   * they show that the machinery works, and that a gate trusts no judge that people do not agree with.
   */
  readonly judges: readonly { readonly type: string; readonly path: string }[];
  /** Cases of the base's own task, a general shop's support mail. */
  readonly baseDatasetPath: string;
  readonly tenants: readonly StarterTenant[];
}

const PROMPT_SLUG = "support-triage";

function placed(name: string): PlacedFile & { readonly slug: string } {
  const file = starterFile(name);
  return { ...file, slug: name, path: starterPath(`models/${file.file}`) };
}

function tenant(slug: string, name: string): StarterTenant {
  const work = `${slug}-support`;
  const promptPath = (suffix: string) => starterPath(`../../prompts/${slug}/${PROMPT_SLUG}${suffix}.yaml`);
  return {
    slug,
    name,
    adapter: placed(work),
    dataset: {
      slug: work,
      description: `Support mail to ${name} with the intent and urgency that it should be sorted under.`,
      path: starterPath(`datasets/${work}.jsonl`),
    },
    prompt: {
      slug: PROMPT_SLUG,
      description: `Sorts ${name}'s support mail by intent and urgency.`,
      versionPaths: [promptPath(".v1"), promptPath(".worse"), promptPath("")],
    },
    suite: { slug: PROMPT_SLUG, path: starterPath(`../../evals/${slug}/${PROMPT_SLUG}.yaml`) },
  };
}

const JUDGES_FOLDER = "../../prompts/judges";

function judges(): Starter["judges"] {
  const names = readdirSync(starterPath(JUDGES_FOLDER)).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => ({
    type: name.slice(0, -".yaml".length),
    path: starterPath(`${JUDGES_FOLDER}/${name}`),
  }));
}

/** Everything that the starter package ships, described once. */
export const STARTER: Starter = {
  model: { ...placed("starter"), price: { inputMicrosPerMillion: 20_000, outputMicrosPerMillion: 60_000 } },
  judges: judges(),
  baseDatasetPath: starterPath("datasets/base-support.jsonl"),
  tenants: [tenant("airline", "Meridian Air"), tenant("bank", "Harbor Bank")],
};
