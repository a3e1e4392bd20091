import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let key: string;

async function assay(line: string, options: { key?: string; stdin?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

async function send(path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.text()).toBe(201);
}

beforeAll(async () => {
  provider = await startProvider();
  server = await startServer(provider.url);
  key = (await assay("tenants create shop", { key: server.operatorKey })).stdout.trim();
  const connect = `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`;
  await assay(connect, { stdin: "sk-test\n" });
  await assay("models add-hosted echo --connection upstream --provider-model echo");
  await send("/api/prompts", { slug: "greet" });
  for (const content of ["Hello.", "Good day."]) {
    const messages = [{ role: "system", content }];
    await send("/api/prompts/greet/versions", { content: { messages, model: "echo" } });
  }
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
});

it("tells a move, a label that is there already, and a move that would be made apart", async () => {
  const said = async (line: string) => {
    const { code, stdout } = await assay(`promote greet staging ${line}`);
    expect(code, stdout).toBe(0);
    return stdout;
  };
  expect(await said("--to 1 --dry-run")).toBe("greet@staging would move to version 1.\n");
  expect(await said("--to 1")).toBe("greet@staging is now version 1.\n");
  expect(await said("--to 1")).toBe("greet@staging is already version 1.\n");
  expect(await said("--to 1 --dry-run")).toBe("greet@staging is already version 1.\n");
  expect(await said("--to latest --dry-run")).toBe("greet@staging would move to version 2.\n");
  expect(await said("--to latest")).toBe("greet@staging is now version 2.\n");
});
