import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PromptContent } from "@assay/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formatPromptFile, readPromptFile } from "./prompt-file.ts";
import { writePromptFile } from "./write-prompt-file.ts";

let root: string;
let file: string;

const CONTENT = PromptContent.parse({
  messages: [{ role: "system", content: "Hello. {% render 'footer' %}" }],
  partials: { footer: "Bye.\n" },
  model: "echo",
});
const withPath = (path: string) =>
  `messages: [{ role: system, content: "Hello. {% render 'footer' %}" }]\npartials: { footer: ${path} }\nmodel: echo\n`;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "assay-partials-"));
  await mkdir(join(root, "prompts/partials"), { recursive: true });
  file = join(root, "prompts/greet.yaml");
  await writeFile(join(root, "prompts/partials/footer.liquid"), "Bye.\n");
  await writeFile(join(root, "secret"), "s3cret");
});
afterEach(() => rm(root, { recursive: true, force: true }));

it("are read from the files that a prompt file names", async () => {
  await writeFile(file, withPath("./partials/footer.liquid"));
  expect(await readPromptFile(file)).toEqual(CONTENT);
});

it("are never read from outside of the prompt file's folder, by no spelling and no link", async () => {
  await symlink(join(root, "secret"), join(root, "prompts/partials/link.liquid"));
  await symlink(root, join(root, "prompts/up"));
  const paths = [
    "../secret",
    join(root, "secret"),
    "partials/../../secret",
    "partials/link.liquid",
    "up/secret",
  ];
  for (const path of [...paths, "../not-there"]) {
    await writeFile(file, withPath(path));
    await expect(readPromptFile(file), path).rejects.toThrow("outside of the prompt file's folder");
  }
});

it("are missed with their names, and are files of a bounded size", async () => {
  await writeFile(file, withPath("./partials/foter.liquid"));
  await expect(readPromptFile(file)).rejects.toThrow(
    "partials.footer: ./partials/foter.liquid does not exist.",
  );
  await writeFile(file, withPath("./partials"));
  await expect(readPromptFile(file)).rejects.toThrow("is not a file");
  await writeFile(join(root, "prompts/big"), "x".repeat(300_000));
  await writeFile(file, withPath("big"));
  await expect(readPromptFile(file)).rejects.toThrow("is larger than");
});

it("come back from what was written, and stay in a file that others share until their text differs", async () => {
  expect(await writePromptFile(file, CONTENT)).toBe(true);
  expect(await readFile(join(root, "prompts/partials/greet.footer.liquid"), "utf8")).toBe("Bye.\n");
  expect(await readPromptFile(file)).toEqual(CONTENT);
  expect(await writePromptFile(file, CONTENT)).toBe(false);

  await writeFile(file, withPath("partials/footer.liquid"));
  await writePromptFile(file, { ...CONTENT, model: "other" });
  expect(await readFile(file, "utf8")).toContain("footer: partials/footer.liquid");
  await writePromptFile(file, { ...CONTENT, partials: { footer: "Ciao.\n" } });
  expect(await readFile(file, "utf8")).toContain("footer: ./partials/greet.footer.liquid");
  expect(await readFile(join(root, "prompts/partials/footer.liquid"), "utf8")).toBe("Bye.\n");
});

it("show their texts where contents are compared", () => {
  expect(formatPromptFile(CONTENT)).toContain("partials:\n  footer: |\n    Bye.\n");
});
