import { resolve } from "node:path";
import { LIMITS } from "@assay/core";
import { z } from "zod";
import { parseRange } from "./people/client-addresses.ts";

/** Hosts that connections may reach unless the operator says otherwise. */
const DEFAULT_ALLOWED_HOSTS = ["api.openai.com", "*.openai.azure.com"];

const ENGINE_VARIABLES = ["CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "GGML_METAL_PATH_RESOURCES"];

const commaList = (fallback: string[]) =>
  z
    .string()
    .optional()
    .transform((text) =>
      text === undefined
        ? fallback
        : text
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== ""),
    );

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** Where people's browsers find this server, when that is not the address it listens on: `https://assay.example`. */
  ASSAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Addresses and ranges of the proxies in front of this server: only what they say of a client's address is believed. */
  ASSAY_TRUSTED_PROXIES: commaList([]).refine(
    (items) => items.every((item) => parseRange(item) !== undefined),
    {
      error: "is not a list of addresses and ranges such as 10.0.0.0/8,2001:db8::1",
    },
  ),
  /** Everything this server keeps: the SQLite file, the secret key, model files. */
  ASSAY_DATA_DIR: z.string().min(1).default("data"),
  /** `postgres://…` moves the tables out of the data directory. */
  ASSAY_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "is not a postgres:// URL")
    .optional(),
  /** Hosts that tenants' connections may reach: `host`, `*.suffix`, or `http://host:port` for plain HTTP. */
  ASSAY_ALLOWED_HOSTS: commaList(DEFAULT_ALLOWED_HOSTS),
  /** Adds hosted models that every tenant may use. */
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).default("https://api.openai.com/v1"),
  ASSAY_HOSTED_MODELS: commaList(["gpt-4.1-mini"]),
  ASSAY_GPU: z.enum(["auto", "off"]).default("off"),
  ASSAY_THREADS: z.coerce.number().int().min(1).max(256).default(1),
  /** `none` starts without the airline and the bank. */
  ASSAY_SEED: z.enum(["starter", "none"]).default("starter"),
  /** How long after its worker's last sign of life a run is taken over by another. */
  ASSAY_JOB_LEASE_MS: z.coerce.number().int().min(500).max(3_600_000).default(LIMITS.jobLeaseMs),
  ASSAY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  trustedProxies: string[];
  dataDir: string;
  databaseUrl: string | undefined;
  allowedHosts: string[];
  hosted: { apiKey: string; baseUrl: string; models: string[] } | undefined;
  gpu: "auto" | false;
  /** The only variables that reach the engine's child processes: where a GPU's driver is, and which GPUs to use. */
  engineEnvironment: Record<string, string>;
  threads: number;
  seed: "starter" | "none";
  jobLeaseMs: number;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/**
 * The environment, parsed once; nothing else reads it.
 * @throws Error with one line per setting that is wrong.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw new Error(`The settings are wrong:\n${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.ASSAY_PUBLIC_URL,
    trustedProxies: env.ASSAY_TRUSTED_PROXIES,
    dataDir: resolve(env.ASSAY_DATA_DIR),
    databaseUrl: env.ASSAY_DATABASE_URL,
    allowedHosts: env.ASSAY_ALLOWED_HOSTS,
    hosted:
      env.OPENAI_API_KEY === undefined
        ? undefined
        : { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL, models: env.ASSAY_HOSTED_MODELS },
    gpu: env.ASSAY_GPU === "auto" ? "auto" : false,
    engineEnvironment: Object.fromEntries(
      ENGINE_VARIABLES.flatMap((name) =>
        environment[name] === undefined ? [] : [[name, environment[name]]],
      ),
    ),
    threads: env.ASSAY_THREADS,
    seed: env.ASSAY_SEED,
    jobLeaseMs: env.ASSAY_JOB_LEASE_MS,
    logLevel: env.ASSAY_LOG_LEVEL,
  };
}
