import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AppError, LIMITS } from "@assay/core";
import { type FileStore, openFileStore } from "@assay/store";
import { afterEach, beforeEach, expect, test } from "vitest";
import { streamOf } from "../testing/index.ts";
import { takeInFile } from "./take-in-file.ts";

const owner = { kind: "tenant", tenantId: `tnt_${"a".repeat(32)}` } as const;

const STEP_BYTES = 8 * 1024 * 1024;

let root: string;
let files: FileStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "assay-take-in-"));
  files = openFileStore(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Takes in a file of this text; `parts` replaces single steps. */
function takeIn(text: string, parts: Partial<Parameters<typeof takeInFile<string, string>>[0]> = {}) {
  return takeInFile<string, string>({
    files,
    owner,
    stream: streamOf(Buffer.from(text)),
    bytesMax: 1_000,
    expectedSha256: undefined,
    check: async () => "facts",
    record: async ({ sha256 }) => sha256,
    isNamed: async () => false,
    ...parts,
  });
}

test("a file is checked before it has its name, and has its name before it is recorded", async () => {
  const seen: string[] = [];
  const sha256 = await takeIn("weights", {
    check: async (file) => {
      seen.push(`checked, kept: ${files.has(owner, file.sha256)}`);
      return "facts";
    },
    record: async (file, facts) => {
      seen.push(`recorded with ${facts}, kept: ${files.has(owner, file.sha256)}`);
      return file.sha256;
    },
  });
  expect(seen).toEqual(["checked, kept: false", "recorded with facts, kept: true"]);
  expect(files.has(owner, sha256)).toBe(true);
});

test("a file that could not be recorded goes, unless a row names it or nobody can tell", async () => {
  const sha256 = await takeIn("weights");
  await files.remove(owner, sha256);
  const record = () => Promise.reject(new AppError("conflict", "taken"));
  const unreachable = () => Promise.reject(new Error("the database is gone"));
  for (const [isNamed, stays] of [
    [async () => false, false],
    [async () => true, true],
    [unreachable, true],
  ] as const) {
    await expect(takeIn("weights", { record, isNamed })).rejects.toThrow("taken");
    expect(files.has(owner, sha256)).toBe(stays);
  }
});

test("while a file is recorded, nobody else of its owner decides about files", async () => {
  const recording = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const order: string[] = [];
  const taking = takeIn("weights", {
    record: async ({ sha256 }) => {
      recording.resolve();
      await finish.promise;
      order.push("recorded");
      return sha256;
    },
  });
  await recording.promise;
  const removing = files.inTurn(owner, async () => void order.push("removed"));
  await new Promise((resolve) => setImmediate(resolve));
  finish.resolve();
  await Promise.all([taking, removing]);
  expect(order).toEqual(["recorded", "removed"]);
});

test("files that fit one by one but not together do not both stay", async () => {
  const filler = files.pathOf(owner, "0".repeat(64));
  mkdirSync(dirname(filler), { recursive: true });
  writeFileSync(filler, "");
  // Sparse: it takes no space, and its size is what counts.
  truncateSync(filler, LIMITS.fileBytesPerTenantMax - 10);
  const arrivals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const bothArrived = Promise.all(arrivals.map(({ promise }) => promise));
  const takings = ["weights1", "weights2"].map((text, index) =>
    takeIn(text, {
      check: async () => {
        arrivals[index]?.resolve();
        await bothArrived;
        return "facts";
      },
    }),
  );
  const settled = await Promise.allSettled(takings);
  expect(settled.some(({ status }) => status === "rejected")).toBe(true);
  expect(await files.bytesOf(owner)).toBeLessThanOrEqual(LIMITS.fileBytesPerTenantMax);
});

test("files that arrive at once are refused while they arrive, once together they pass the tenant's room", async () => {
  const full = files.pathOf(owner, "b".repeat(64));
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, "");
  truncateSync(full, LIMITS.fileBytesPerTenantMax - 2 * STEP_BYTES);
  let chunks = 0;
  let decided = 0;
  const allDecided = Promise.withResolvers<void>();
  const decide = () => {
    decided += 1;
    if (decided === 4) allDecided.resolve();
  };
  /** The second step waits until each of the four has been refused at its first or holds its bytes. */
  async function* endless() {
    for (let step = 1; ; step += 1) {
      chunks += 1;
      yield Buffer.alloc(STEP_BYTES);
      if (step === 1) decide();
      await allDecided.promise;
    }
  }
  const uploads = Array.from({ length: 4 }, () =>
    takeIn("", { stream: endless(), bytesMax: LIMITS.modelFileBytesMax }).catch((error: unknown) => {
      decide();
      throw error;
    }),
  );
  for (const { status, ...outcome } of await Promise.allSettled(uploads)) {
    expect(status).toBe("rejected");
    expect(outcome).toMatchObject({ reason: { code: "payload_too_large" } });
  }
  // Each alone has room for two; two can hold one each, and no third one.
  expect(chunks).toBeLessThanOrEqual(2 * 3 + 2);
  expect(await files.bytesOf(owner)).toBe(LIMITS.fileBytesPerTenantMax - 2 * STEP_BYTES);
});
