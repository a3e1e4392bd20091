import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

// The GitHub Action's two scripts, the comment's against a stand-in of the routes of GitHub's API that it uses.

const ACTION = fileURLToPath(new URL("../../.github/actions/assay-eval", import.meta.url));
const MARKER = "<!-- assay-eval:assay -->";

interface Comment {
  id: number;
  user: { type: string };
  body: string;
}

let github: Server;
let folder: string;
let comments: Comment[];
let requests: string[];
let status: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-action-"));
  github = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const sent = JSON.parse((await text(request)) || "{}") as { body?: string };
    response.writeHead(status, { "content-type": "application/json" });
    const isAllowed = request.headers.authorization === "Bearer secret-token";
    response.end(
      JSON.stringify(status === 200 && isAllowed ? answer(request.method, request.url, sent.body) : {}),
    );
  });
  github.listen(0, "127.0.0.1");
  await once(github, "listening");
});

afterAll(async () => {
  github.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  comments = [];
  requests = [];
  status = 200;
});

function answer(method = "", url = "", body = ""): unknown {
  const page = Number(/[?&]page=(\d+)/.exec(url)?.[1] ?? 1);
  if (method === "GET") return comments.slice((page - 1) * 100, page * 100);
  const id = Number(/comments\/(\d+)$/.exec(url)?.[1] ?? comments.length + 1);
  const kept = comments.find((comment) => comment.id === id);
  if (kept === undefined) comments.push({ id, user: { type: "Bot" }, body });
  else kept.body = body;
  return { id };
}

async function run(command: string, args: string[], env: Record<string, string>) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return { stdout, code: code as number };
}

async function comment(report: string, head = "us/shop") {
  const [event, file] = [join(folder, "event.json"), join(folder, "report.md")];
  const repo = (name: string) => ({ repo: { full_name: name } });
  await writeFile(
    event,
    JSON.stringify({ pull_request: { number: 7, head: repo(head), base: repo("us/shop") } }),
  );
  await writeFile(file, report);
  return run(process.execPath, [join(ACTION, "comment.mjs")], {
    GITHUB_API_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "us/shop",
    GITHUB_TOKEN: "secret-token",
    REPORT_FILE: file,
    COMMENT_NAME: "assay",
  });
}

describe("the comment", () => {
  it("is posted once and written over from then on", async () => {
    expect(await comment("first")).toEqual({ code: 0, stdout: "The comment was posted.\n" });
    expect(await comment("second")).toEqual({ code: 0, stdout: "The comment was updated.\n" });
    expect(comments.map(({ body }) => body)).toEqual([`${MARKER}\nsecond`]);
  });

  it("is found behind a hundred others, and nobody's quote of the marker is taken for it", async () => {
    comments = Array.from({ length: 150 }, (_, n) => ({
      id: n + 1,
      user: { type: "User" },
      body: `${MARKER} quoted`,
    }));
    comments.push({ id: 151, user: { type: "Bot" }, body: `${MARKER}\nold` });
    expect((await comment("new")).stdout).toContain("updated");
    expect(comments[150]?.body).toBe(`${MARKER}\nnew`);
    expect(comments[0]?.body).toBe(`${MARKER} quoted`);
  });

  it("is left out with a notice on a fork, whose token may not write", async () => {
    const { code, stdout } = await comment("report", "stranger/shop");
    expect(stdout).toMatch(/^::notice::.*fork/);
    expect(requests).toEqual([]);
    expect(code).toBe(0);
  });

  it("that GitHub refuses is a warning without the token, and no failure", async () => {
    status = 403;
    const { code, stdout } = await comment("report");
    expect(stdout).toMatch(/^::warning::.*403/);
    expect(stdout).not.toContain("secret-token");
    expect(code).toBe(0);
  });

  it("never is longer than GitHub takes", async () => {
    await comment("x".repeat(100_000));
    expect(comments[0]?.body).toHaveLength(65_536);
  });
});

describe("the evaluation step", () => {
  async function evaluate(files: string, args = "") {
    const output = join(folder, "output");
    await writeFile(output, "");
    const { code } = await run("bash", [join(ACTION, "evaluate.sh")], {
      ACTION_PATH: ACTION,
      ASSAY_URL: "http://127.0.0.1:9",
      ASSAY_KEY: "ask_x_y",
      EVAL_FILES: files,
      EVAL_ARGS: args,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: folder,
    });
    return { code, output: await readFile(output, "utf8") };
  }

  it("hands the CLI's exit code on as an output", async () => {
    await writeFile(join(folder, "suite.yaml"), "prompt: p\ndataset: d\nscorers: [{ type: exact-match }]\n");
    expect(await evaluate("*.yaml", "--pull-request --version 1")).toEqual({
      code: 0,
      output: "exit-code=2\n",
    });
    const unreachable = await evaluate("*.yaml", "--pull-request");
    expect(unreachable).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^exit-code=1\nreport=.*report\.md\n$/),
    });
  });

  it("runs nothing that stands in its inputs, and says which pattern matches no file", async () => {
    const command = "$(touch$" + "{IFS}owned)";
    expect((await evaluate(command)).output).toBe("exit-code=1\n");
    expect((await evaluate("nothing/**/*.yaml")).output).toBe("exit-code=2\n");
    await expect(readFile(join(folder, "owned"))).rejects.toThrow();
  });
});
