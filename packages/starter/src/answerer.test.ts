import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answerer, createAnswerer } from "./answerer.ts";
import { caseText, readCases, type StarterCase } from "./cases.ts";
import { markAnswer, meanMark } from "./mark.ts";
import { baseCases, goodPrompt } from "./measurements.ts";
import { STARTER } from "./starter.ts";

const SAMPLE_SIZE = 20;
let answerer: Answerer;

beforeAll(async () => {
  answerer = await createAnswerer(STARTER.model.path);
});
afterAll(() => answerer.close());

/** Every n-th case, so that the sample covers the whole file. */
function sampleOf(cases: readonly StarterCase[]): StarterCase[] {
  const stride = Math.floor(cases.length / SAMPLE_SIZE);
  return cases.filter((_each, index) => index % stride === 0).slice(0, SAMPLE_SIZE);
}

async function exactShare(cases: readonly StarterCase[], system: string, adapterPath?: string) {
  const marks = [];
  for (const each of cases) {
    const answer = await answerer.ask({ system, user: caseText(each), adapterPath });
    marks.push(markAnswer(answer, each.expected));
  }
  return meanMark(marks).exact;
}

test("the base triages a shop's mail", async () => {
  const cases = sampleOf(baseCases().known);
  expect(await exactShare(cases, goodPrompt("Lumo"))).toBeGreaterThanOrEqual(0.9);
});

describe.each(STARTER.tenants.map((tenant) => [tenant.slug, tenant] as const))(
  "for the %s",
  (_slug, tenant) => {
    const cases = sampleOf(readCases(tenant.dataset.path));
    const system = goodPrompt(tenant.name);

    test("the own adapter answers as expected where the base does not", async () => {
      expect(await exactShare(cases, system, tenant.adapter.path)).toBeGreaterThanOrEqual(0.9);
      expect(await exactShare(cases, system)).toBeLessThanOrEqual(0.55);
    });

    test("a vague prompt gets no JSON", async () => {
      expect(await exactShare(cases, "You are a helpful assistant.", tenant.adapter.path)).toBe(0);
    });
  },
);

test("the same question gets the same answer whatever was asked in between", async () => {
  const [airline, bank] = STARTER.tenants;
  const question = {
    system: goodPrompt("Meridian Air"),
    user: "My suitcase did not arrive.",
    adapterPath: airline?.adapter.path,
  };
  const first = await answerer.ask(question);
  await answerer.ask({ ...question, adapterPath: bank?.adapter.path });
  await answerer.ask({ user: question.user });
  expect(await answerer.ask(question)).toBe(first);
});
