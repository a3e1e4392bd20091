import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@assay/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileOwner, openFileStore } from "./file-store.ts";

const airline: FileOwner = { kind: "tenant", tenantId: `tnt_${"a".repeat(32)}` };
const bank: FileOwner = { kind: "tenant", tenantId: `tnt_${"b".repeat(32)}` };
const shared: FileOwner = { kind: "shared" };
const MANY = 1_000_000;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "assay-file-store-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  for (const letter of text) yield Buffer.from(letter);
}

async function* endless(onChunk: () => void): AsyncGenerator<Uint8Array> {
  for (;;) {
    onChunk();
    yield Buffer.alloc(1_000);
  }
}

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("half");
  throw new Error("the client left");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("taking in a file", () => {
  test("the file is hashed on the way and kept under its hash, for its owner's eyes only", async () => {
    const store = openFileStore(join(root, "files"));
    const file = await store.take(airline, chunksOf("weights"), { bytesMax: MANY });
    expect(file).toMatchObject({ sha256: sha256("weights"), bytes: 7 });
    expect(store.has(airline, file.sha256)).toBe(false);
    const path = await file.keep();
    expect(path).toBe(store.pathOf(airline, file.sha256));
    expect(readFileSync(path, "utf8")).toBe("weights");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const folder of ["files", "files/tenants", `files/tenants/${"tnt_".concat("a".repeat(32))}`]) {
      expect(statSync(join(root, folder)).mode & 0o777).toBe(0o700);
    }
    expect(filesUnder(root)).toEqual([path]);
  });

  test("a file that is too large is refused while it arrives, not after", async () => {
    const store = openFileStore(root);
    let chunks = 0;
    const taking = store.take(
      airline,
      endless(() => chunks++),
      { bytesMax: 2_500 },
    );
    await expect(taking).rejects.toMatchObject({ code: "payload_too_large", details: { bytesMax: 2_500 } });
    expect(chunks).toBe(3);
    expect(filesUnder(root)).toEqual([]);
  });

  test("a file of exactly the bound is taken", async () => {
    const file = await openFileStore(root).take(airline, chunksOf("1234"), { bytesMax: 4 });
    expect(file.bytes).toBe(4);
  });

  test("a file with another hash than announced is refused and leaves nothing", async () => {
    const store = openFileStore(root);
    const taking = store.take(airline, chunksOf("weights"), {
      bytesMax: MANY,
      expectedSha256: sha256("other"),
    });
    await expect(taking).rejects.toMatchObject({ code: "invalid_input" });
    expect(filesUnder(root)).toEqual([]);
  });

  test("a sender that breaks off leaves nothing", async () => {
    const store = openFileStore(root);
    await expect(store.take(airline, brokenOff(), { bytesMax: MANY })).rejects.toThrow("the client left");
    expect(filesUnder(root)).toEqual([]);
  });

  test("discarding leaves nothing, and after keeping it removes nothing", async () => {
    const store = openFileStore(root);
    await (await store.take(airline, chunksOf("a"), { bytesMax: MANY })).discard();
    expect(filesUnder(root)).toEqual([]);
    const kept = await store.take(airline, chunksOf("b"), { bytesMax: MANY });
    const path = await kept.keep();
    await kept.discard();
    expect(existsSync(path)).toBe(true);
  });

  test("a file that is there already is not replaced", async () => {
    const store = openFileStore(root);
    const path = await (await store.take(airline, chunksOf("same"), { bytesMax: MANY })).keep();
    const before = statSync(path).ino;
    expect(await (await store.take(airline, chunksOf("same"), { bytesMax: MANY })).keep()).toBe(path);
    expect(statSync(path).ino).toBe(before);
    expect(filesUnder(root)).toEqual([path]);
  });
});

describe("owners", () => {
  test("equal files of two owners are two files, and none sees another's", async () => {
    const store = openFileStore(root);
    const { sha256: hash, keep } = await store.take(airline, chunksOf("same"), { bytesMax: MANY });
    await keep();
    expect([store.has(airline, hash), store.has(bank, hash), store.has(shared, hash)]).toEqual([
      true,
      false,
      false,
    ]);
    await (await store.take(bank, chunksOf("same"), { bytesMax: MANY })).keep();
    await store.remove(airline, hash);
    expect([store.has(airline, hash), store.has(bank, hash)]).toEqual([false, true]);
  });

  test("the bytes of an owner are its own, those still arriving included", async () => {
    const store = openFileStore(root);
    expect(await store.bytesOf(airline)).toBe(0);
    await (await store.take(airline, chunksOf("123"), { bytesMax: MANY })).keep();
    await store.take(airline, chunksOf("4567"), { bytesMax: MANY });
    await (await store.take(bank, chunksOf("89"), { bytesMax: MANY })).keep();
    expect([await store.bytesOf(airline), await store.bytesOf(bank)]).toEqual([7, 2]);
  });

  test("removing an owner removes its files and nobody else's", async () => {
    const store = openFileStore(root);
    for (const owner of [airline, bank, shared]) {
      await (await store.take(owner, chunksOf("x"), { bytesMax: MANY })).keep();
    }
    await store.removeOwner(airline);
    const left = [airline, bank, shared].map((owner) => store.has(owner, sha256("x")));
    expect(left).toEqual([false, true, true]);
  });

  test("work in turn waits for its owner's and not for another's", async () => {
    const store = openFileStore(root);
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = store.inTurn(airline, async () => {
      await gate.promise;
      order.push("first");
    });
    const second = store.inTurn(airline, async () => void order.push("second"));
    await store.inTurn(bank, async () => void order.push("bank"));
    gate.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(["bank", "first", "second"]);
  });

  test("a turn that fails lets the next one in", async () => {
    const store = openFileStore(root);
    await expect(store.inTurn(airline, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await store.inTurn(airline, async () => "next")).toBe("next");
  });
});

/** Names that have led other products out of their folder. */
const HOSTILE_NAMES = [
  "",
  ".",
  "..",
  "../../etc/passwd",
  "..\\..\\windows\\system32",
  "/etc/passwd",
  "C:\\boot.ini",
  "%2e%2e%2fetc%2fpasswd",
  "%252e%252e%252fetc",
  "..%c0%af..%c0%afetc",
  "file:///etc/passwd",
  "~/.ssh/id_rsa",
  "CON",
  "aux.gguf",
  "incoming",
  "shared",
  "a\u0000b",
  "a\nb",
  "\u202egguf",
  "．．／etc",
];

describe("no name leads out of its owner's root", () => {
  const hash = sha256("x");
  const badHashes = [
    ...HOSTILE_NAMES,
    hash.toUpperCase(),
    `${hash}\n`,
    `../${hash}`,
    `${hash}/../x`,
    hash.slice(1),
    `${hash}0`,
    `${hash.slice(0, 60)}\u0000abc`,
  ];
  const tenantId = `tnt_${"a".repeat(32)}`;
  const badTenants = [
    ...HOSTILE_NAMES,
    tenantId.toUpperCase(),
    `${tenantId}\n`,
    `${tenantId}/../tnt_${"b".repeat(32)}`,
    `../tenants/${tenantId}`,
    tenantId.slice(0, -1),
  ];

  test.each(badHashes)("hash %j", async (name) => {
    const store = openFileStore(root);
    expect(() => store.pathOf(airline, name)).toThrow("a stored file is named by its SHA-256");
    expect(() => store.has(shared, name)).toThrow();
    await expect(async () => store.remove(airline, name)).rejects.toThrow();
  });

  test.each(badTenants)("tenant %j", async (name) => {
    const store = openFileStore(root);
    const owner: FileOwner = { kind: "tenant", tenantId: name };
    expect(() => store.pathOf(owner, hash)).toThrow("a file's owner is a tenant id");
    await expect(async () => store.take(owner, chunksOf("x"), { bytesMax: MANY })).rejects.toThrow();
    await expect(async () => store.bytesOf(owner)).rejects.toThrow();
    await expect(async () => store.removeOwner(owner)).rejects.toThrow();
    expect(filesUnder(root)).toEqual([]);
  });
});

describe("leftovers of intakes that a crash cut off", () => {
  const incoming = () => join(root, "tenants", `tnt_${"a".repeat(32)}`, "incoming");

  function leave(name: string): string {
    mkdirSync(incoming(), { recursive: true });
    writeFileSync(join(incoming(), name), "half");
    return join(incoming(), name);
  }

  test("are swept when the store is opened, whoever left them", () => {
    const deadId = spawnSync(process.execPath, ["--version"]).pid;
    const left = [leave(`${deadId}-x`), leave(`${process.pid}-x`), leave("nonsense"), leave("-1-x")];
    openFileStore(root);
    expect(left.filter(existsSync)).toEqual([]);
  });

  test("are left alone while the process that writes them lives", () => {
    const path = leave(`${process.ppid}-x`);
    openFileStore(root);
    expect(existsSync(path)).toBe(true);
  });

  test("do not survive a killed process, and what was kept does", async () => {
    const module = new URL("./file-store.ts", import.meta.url).href;
    const script = `
      import { openFileStore } from ${JSON.stringify(module)};
      const store = openFileStore(${JSON.stringify(root)});
      async function* once() { yield Buffer.from("kept"); }
      async function* forever() {
        yield Buffer.from("half");
        console.log("taking");
        await new Promise(() => setInterval(() => undefined, 1000));
      }
      await (await store.take({ kind: "shared" }, once(), { bytesMax: 100 })).keep();
      await store.take({ kind: "shared" }, forever(), { bytesMax: 100 });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    expect(filesUnder(root)).toHaveLength(2);
    const store = openFileStore(root);
    expect(filesUnder(root)).toEqual([store.pathOf(shared, sha256("kept"))]);
  });
});

test("a refusal is a refusal and not a bug", async () => {
  const store = openFileStore(root);
  const taking = store.take(airline, chunksOf("12"), { bytesMax: 1 });
  await expect(taking).rejects.toBeInstanceOf(AppError);
});
