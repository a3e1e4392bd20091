import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("every <bdi> is one that shows what would be hidden", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".tsx"),
  );
  const plain = files.filter((file) => /<bdi\b/.test(readFileSync(`${root}/${file}`, "utf8")));
  expect(plain).toEqual(["components/bdi.tsx"]);
});
