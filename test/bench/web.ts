/**
 * `npm run bench:web [-- --cases N] [--rounds N] [--json FILE]`: how soon the table of a large dataset answers to a
 * person, in Chromium on a CPU slowed down four times, against a real server. Each figure is the time from an input
 * to the paint after it, the 95th percentile of a round, and beside it the time that the page's main thread took for it,
 * which other work on the machine does not lengthen; the median of rounds is told.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { openWeb } from "../web/kit/open-web.ts";
import { settle } from "../web/kit/settle.ts";
import { type BenchRow, describeMachine, markdownTable, median, spreadOf, writeJson } from "./bench-table.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    cases: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
  },
});

const SLOWDOWN = 4;
const TARGET_MS = 100;
const WORDS = ["refund", "baggage", "delay", "seat", "invoice", "upgrade", "visa", "pet", "miles", "crew"];
const note = (text: string) => process.stderr.write(`${text}\n`);

/** Cases like those of a support desk, each with words of its own. */
async function* caseLines(count: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let start = 0; start < count; start += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, count - start) }, (_, offset) => {
      const n = start + offset;
      const word = (at: number) => WORDS[(n * 7 + at * 3) % WORDS.length] ?? "";
      return JSON.stringify({
        key: `case-${String(n).padStart(6, "0")}`,
        messages: [
          {
            role: "user",
            content: `Question ${n}: my ${word(0)} and the ${word(1)}, ${word(2)} too, please help.`,
          },
        ],
        expected: { intent: word(0), urgency: n % 9 === 0 ? "high" : "normal" },
        tags: [word(0), ...(n % 9 === 0 ? ["critical"] : [])],
        group: `conversation-${Math.floor(n / 3)}`,
      });
    });
    yield encoder.encode(`${lines.join("\n")}\n`);
  }
}

/** Runs in the page: from each event of a kind to the first paint after it that shows what is waited for, in milliseconds. */
const WATCH = `(kind, shown) => {
  window.paints = [];
  const watch = (event) => {
    const { timeStamp } = event;
    const look = () => {
      if (shown !== null && document.querySelector(shown) === null) {
        requestAnimationFrame(look);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.paints.push(performance.now() - timeStamp);
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  window.stopWatching?.();
  addEventListener(kind, watch, { capture: true, passive: true });
  window.stopWatching = () => removeEventListener(kind, watch, { capture: true });
}`;

interface Measured {
  work: string;
  event: string;
  /** What the paint has to show; any paint will do where it is left out. */
  shown?: string;
  carryOut: (page: Page) => Promise<void>;
}

async function timesOf(page: Page, { event, shown, carryOut }: Measured): Promise<number[]> {
  await page.evaluate(`(${WATCH})(${JSON.stringify(event)}, ${JSON.stringify(shown ?? null)})`);
  await carryOut(page);
  await page.waitForTimeout(300);
  return (await page.evaluate("window.paints")) as number[];
}

const GRID = "document.querySelector('[role=grid]')";
const grid = (page: Page) => page.getByRole("grid");
const cell = (page: Page) => page.locator('[role=gridcell][tabindex="0"]');

const WORKS: readonly Measured[] = [
  {
    work: "scroll with the wheel",
    event: "wheel",
    carryOut: async (page) => {
      await grid(page).hover();
      for (let step = 0; step < 40; step += 1) {
        await page.mouse.wheel(0, 900);
        await page.waitForTimeout(60);
      }
    },
  },
  {
    work: "jump anywhere in the table",
    event: "scroll",
    carryOut: async (page) => {
      for (let step = 1; step <= 15; step += 1) {
        await page.evaluate(`${GRID}.scrollTop = ${GRID}.scrollHeight * ${(step * 0.617) % 1}`);
        await page.waitForTimeout(150);
      }
    },
  },
  {
    work: "a key stroke in the search",
    event: "keydown",
    carryOut: async (page) => {
      const search = page.getByRole("searchbox");
      await search.pressSequentially("refund and the baggage", { delay: 120 });
      await search.fill("");
      await page.waitForTimeout(1_500);
    },
  },
  {
    work: "an arrow key in the table",
    event: "keydown",
    carryOut: async (page) => {
      await cell(page).first().focus();
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press(step % 5 === 4 ? "ArrowRight" : "ArrowDown");
        await page.waitForTimeout(50);
      }
    },
  },
  {
    work: "select a case",
    event: "keydown",
    carryOut: async (page) => {
      await cell(page).first().focus();
      for (let step = 0; step < 10; step += 1) {
        await page.keyboard.press(step % 2 === 0 ? " " : "ArrowDown");
        await page.waitForTimeout(80);
      }
    },
  },
  {
    work: "open a case",
    event: "click",
    // A case that was not open before is waited for: the paint right after the click shows nothing of it.
    shown: "[role=dialog]",
    carryOut: async (page) => {
      for (let row = 2; row < 8; row += 1) {
        await page.locator("[role=row][aria-rowindex] > [aria-colindex='3'][role=gridcell]").nth(row).click();
        // By its attribute: to look for it by its role reads the whole page, which would count as the page's own work.
        await page.locator("[role=dialog]").waitFor();
        await page.waitForTimeout(400);
        await page.keyboard.press("Escape");
        await page.locator("[role=dialog]").waitFor({ state: "detached" });
      }
    },
  },
];

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** From typing to the first result of a text that nobody has looked for, the rest before asking included. */
async function searchMs(page: Page, text: string): Promise<number> {
  const search = page.getByRole("searchbox");
  await search.fill("");
  await page.waitForTimeout(1_500);
  const first = "document.querySelector('p[role=status]').textContent";
  const before = JSON.stringify(await page.evaluate(first));
  const start = performance.now();
  await search.fill(text);
  const isShown = `/\\d/.test(${first}) && ${first} !== ${before}`;
  while (!(await page.evaluate(isShown))) await page.waitForTimeout(20);
  return performance.now() - start;
}

function rowsOf(measured: ReadonlyMap<string, number[]>, what: string): BenchRow[] {
  return [...measured].map(([work, values]) => ({
    work: `${work}, ${what}`,
    unit: "ms",
    peer: null,
    ours: median(values),
    spread: spreadOf(values),
    ratio: null,
    target: `≤ ${TARGET_MS} ms`,
    met: median(values) <= TARGET_MS,
  }));
}

async function main(): Promise<void> {
  const count = Number(options.cases);
  await using web = await openWeb();
  const airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline ?? "" });
  note(`importing ${count} cases…`);
  const text = ReadableStream.from(caseLines(count)) as ReadableStream<Uint8Array>;
  await airline.importDataset({ dataset: "large", create: "true", format: "jsonl", text });
  const page = await web.openPage({ isLoggedIn: true });
  await page.goto("/t/airline/datasets/large");
  await settle(page);
  await page.getByText("case-000003").waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });

  // In the thread's own time, which other work on the machine does not lengthen.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const taskMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };

  const rounds = new Map<string, number[]>();
  const cpu = new Map<string, number[]>();
  const found: number[] = [];
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    for (const measured of WORKS) {
      const { work } = measured;
      note(`round ${round}: ${work}`);
      await page.evaluate(`${GRID}.scrollTop = 0`);
      const times = await timesOf(page, measured);
      rounds.set(work, [...(rounds.get(work) ?? []), percentile(times, 0.95)]);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
      const before = await taskMs();
      const { length } = await timesOf(page, measured);
      const eachMs = (SLOWDOWN * ((await taskMs()) - before)) / length;
      cpu.set(work, [...(cpu.get(work) ?? []), eachMs]);
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    }
    found.push(await searchMs(page, `my ${WORDS[round % WORDS.length]} and`));
  }
  const rows = [
    ...rowsOf(rounds, `${count} cases, CPU ${SLOWDOWN} × slower: input to next paint, 95th percentile`),
    ...rowsOf(cpu, `${count} cases: CPU of the page's main thread for each, times ${SLOWDOWN}`),
  ];
  process.stdout.write(`${markdownTable(rows)}\n`);
  note(`text search until its cases are shown: ${found.map((ms) => Math.round(ms)).join(", ")} ms`);
  note(`${describeMachine()}; load ${loadavg()[0]?.toFixed(1)}`);
  if (options.json !== undefined) await writeJson(options.json, "web", rows);
}

await main();
