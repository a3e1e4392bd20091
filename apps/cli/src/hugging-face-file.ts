import { Sha256 } from "@assay/core";
import { FileError, UsageError } from "./cli-error.ts";
import type { Environment } from "./config.ts";
import type { ModelSource } from "./model-source.ts";
import { slugOfFile } from "./slug-of-file.ts";

const ADDRESS = /^hf:([\w.-]+)\/([\w.-]+?)(?:@([\w./-]+?))?\/([^@]+\.gguf)$/;

/**
 * A file of a public (or, with HF_TOKEN, a private) Hugging Face repository, sent on while it comes in. What it must
 * hash to is what the repository says, when it says it.
 *
 * @throws UsageError for an address of another form, FileError when there is no such file.
 */
export async function openHuggingFaceFile(address: string, environment: Environment): Promise<ModelSource> {
  const [, owner, repo, revision = "main", path] = ADDRESS.exec(address) ?? [];
  const place = [owner, repo, "resolve", revision, ...(path ?? "").split("/")];
  if (path === undefined || place.some((part) => part === "" || part === "." || part === "..")) {
    throw new UsageError("Write a Hugging Face file as hf:<owner>/<repo>/<file>.gguf.");
  }
  const url = `${environment.huggingFaceUrl.replace(/\/+$/, "")}/${place.map((part) => encodeURIComponent(part ?? "")).join("/")}`;
  const token = environment.huggingFaceToken;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };

  // The hash stands on the repository's own answer, not on that of the storage it redirects to.
  const facts = await ask(url, { method: "HEAD", redirect: "manual", headers });
  if (facts.status >= 400) {
    throw new FileError(`${address}: ${url} answered ${facts.status}. A private repository needs HF_TOKEN.`);
  }
  return {
    name: address,
    slug: slugOfFile(path.toLowerCase()),
    sha256: Sha256.safeParse(facts.headers.get("x-linked-etag")?.replaceAll('"', "")).data,
    open: async () => {
      const response = await ask(url, { headers });
      if (!response.ok || response.body === null) throw new FileError(`${url} answered ${response.status}.`);
      return response.body;
    },
  };
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    throw new FileError(`${url} cannot be reached: ${reason instanceof Error ? reason.message : reason}`);
  }
}
