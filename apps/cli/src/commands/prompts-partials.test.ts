import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

// Two prompts that share a partial, on a real server, told in order.

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let root: string;
let key: string;

async function assay(line: string, options: { key?: string; stdin?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

const writePartial = (text: string) => writeFile(join(root, "partials/footer.liquid"), text);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "assay-cli-partials-"));
  provider = await startProvider();
  server = await startServer(provider.url);
  key = (await assay("tenants create shop", { key: server.operatorKey })).stdout.trim();
  const connect = `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`;
  await assay(connect, { stdin: "sk-test\n" });
  for (const model of ["echo", "other"]) {
    await assay(`models add-hosted ${model} --connection upstream --provider-model ${model}`);
  }
  await mkdir(join(root, "partials"));
  await writePartial("Bye.\n");
  for (const slug of ["hello", "welcome", "plain"]) {
    const footer = slug === "plain" ? "" : " {% render 'footer' %}";
    const partials = slug === "plain" ? "" : "partials: { footer: ./partials/footer.liquid }\n";
    const messages = `messages: [{ role: system, content: "${slug}${footer}" }]\n`;
    await writeFile(join(root, `${slug}.yaml`), `${messages}${partials}model: echo\n`);
  }
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
  await rm(root, { recursive: true, force: true });
});

it("plans which prompts a changed partial touches, and applies it as a version of each", async () => {
  expect((await assay(`prompts apply ${root}`)).stdout).toBe("+ hello@1\n+ plain@1\n+ welcome@1\n");
  await writePartial("Ciao.\n");
  const plan = (await assay(`prompts plan ${root}`)).stdout;
  expect(plan).toContain("* partials/footer.liquid changed: touches hello, welcome\n");
  expect(plan).toContain("-     Bye.");
  expect(plan).toContain("+     Ciao.");
  expect(plan).toContain("2 to add.");
  expect((await assay(`prompts apply ${root}`)).stdout).toBe(
    "+ hello@2\n= plain@1 (unchanged)\n+ welcome@2\n",
  );
});

it("refuses a partial that is misspelt, with line and column, and applies nothing", async () => {
  const file = join(root, "plain.yaml");
  const before = await readFile(file, "utf8");
  await writeFile(file, `messages: [{ role: system, content: "{% render 'foter' %}" }]\nmodel: echo\n`);
  const { code, stdout } = await assay(`prompts plan ${root}`);
  expect(code).toBe(1);
  expect(stdout).toContain('! plain: messages[0]: there is no partial "foter". There are none.');
  await writeFile(file, before);
});

it("pulls a version with its partials, and derives one with another model", async () => {
  const into = join(root, "pulled");
  expect((await assay(`prompts pull ${into}`)).code).toBe(0);
  expect(await readFile(join(into, "partials/hello.footer.liquid"), "utf8")).toBe("Ciao.\n");
  expect((await assay(`prompts plan ${into}`)).stdout).toContain("Nothing to add.");
  expect((await assay("prompts derive hello --from latest")).code).toBe(2);
  expect((await assay("prompts derive hello --from latest --model other --dry-run")).stdout).toBe(
    "+ hello: a new version\n",
  );
  expect((await assay("prompts derive hello --from 2 --model other")).stdout).toBe("+ hello@3\n");
  expect((await assay("prompts derive hello --from 3 --model echo")).stdout).toBe("= hello@2 (unchanged)\n");
});
