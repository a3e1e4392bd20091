import { type AppError, type Case, LIMITS } from "@assay/core";
import { countStoredCases } from "@assay/store";
import { expect, test } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { checkImport } from "./check-import.ts";
import { exportDataset } from "./export-dataset.ts";
import { importDataset } from "./import-dataset.ts";
import { datasetOfCases, textOf } from "./testing/dataset-of-cases.ts";

const AT = { dataset: "cases", version: 1 } as const;

async function read(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

describeEachPlatform("files of datasets", (open) => {
  test("are checked row by row before anything is stored", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", [{ key: "1", variables: {} }]);
    const csv = 'id,Question,Answer,lang\n2,Where?,"{""x"":1}",en\n1,Who?,,de\n3\n2,again,,pl\n';
    const input = { dataset: "cases", format: "csv", mode: "append", text: textOf(csv) } as const;
    expect(await checkImport(airline, input)).toEqual({
      columns: [
        { name: "id", role: "key", samples: ["2", "1", "3"] },
        { name: "Question", role: "input", samples: ["Where?", "Who?", "again"] },
        { name: "Answer", role: "expected", samples: ['{"x":1}'] },
        { name: "lang", role: "var.lang", samples: ["en", "de", "pl"] },
      ],
      rows: 4,
      cases: 1,
      examples: [
        {
          key: "2",
          messages: [{ role: "user", content: "Where?" }],
          variables: { lang: "en" },
          expected: { x: 1 },
          tags: [],
        },
      ],
      wrongRows: 3,
      wrong: [
        {
          row: 3,
          message: expect.stringContaining("already"),
          cells: ["1", "Who?", "", "de"],
          isShortened: false,
        },
        { row: 4, message: expect.stringContaining("has 1 cells"), cells: ["3"], isShortened: false },
        {
          row: 5,
          message: expect.stringContaining("row 2 already"),
          cells: ["2", "again", "", "pl"],
          isShortened: false,
        },
      ],
    });
    expect(await airline.tenant.read(countStoredCases)).toBe(1);
  });

  test("are checked of which all rows are wrong, or only the beginning is there", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", [{ key: "1", variables: {} }]);
    const check = (text: string, more = {}) =>
      checkImport(airline, { dataset: "cases", format: "jsonl", text: textOf(text), ...more });
    expect(await check("[1]\nnonsense\n")).toMatchObject({ rows: 2, cases: 0, wrongRows: 2 });
    expect(await check('{"question":"a"}\n{"questi', { isCut: "true" })).toMatchObject({ rows: 1, cases: 1 });
    await expect(
      checkImport(bank, { dataset: "cases", format: "jsonl", text: textOf("{}") }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("show a bounded part of what is wrong with them", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", [{ key: "1", variables: {} }]);
    const line = `[${JSON.stringify("x".repeat(100_000))}]\n`;
    const text = async function* () {
      for (let n = 0; n < LIMITS.wrongRowsMax + 5; n++) yield n < 30 ? line : "[]\n";
    };
    const found = await checkImport(airline, { dataset: "cases", format: "jsonl", text: text() });
    expect(found.wrongRows).toBe(LIMITS.wrongRowsMax + 5);
    expect(found.wrong).toHaveLength(LIMITS.wrongRowsMax);
    expect(found.wrong[29]).toMatchObject({ isShortened: true, cells: [] });
    expect(JSON.stringify(found).length).toBeLessThan(1.2 * LIMITS.wrongRowCharsMax);
  });

  test("show a bounded part of rows that are nothing but commas", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", [{ key: "1", variables: {} }]);
    const text = async function* () {
      yield "key,input\n";
      for (let n = 0; n < 12; n++) yield `${",".repeat(250_000)}\n`;
    };
    const found = await checkImport(airline, { dataset: "cases", format: "csv", text: text() });
    expect(found.wrong).toHaveLength(12);
    const cells = found.wrong.reduce((sum, row) => sum + row.cells.length, 0);
    expect(cells).toBeLessThanOrEqual(LIMITS.wrongRowCharsMax);
    expect(found.wrong.at(-1)).toMatchObject({ isShortened: true, cells: [] });
  });

  test("show a bounded part of what a row is refused for, and of names that are new with each row", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", [{ key: "1", variables: {} }]);
    const input = { dataset: "cases", format: "jsonl" } as const;
    const names = (row: number) => Array.from({ length: 150 }, (_, n) => [`c${row}_${n}`, n]);
    const text = `${JSON.stringify(Object.fromEntries(names(1)))}\n${JSON.stringify(Object.fromEntries(names(2)))}`;
    const found = await checkImport(airline, { ...input, text: textOf(text) });
    expect(found.columns).toHaveLength(LIMITS.importColumnsMax);
    expect(Object.keys(found.examples[1]?.variables ?? {})).toHaveLength(LIMITS.importColumnsMax - 150);

    const unknown = importDataset(airline, {
      ...input,
      text: textOf(`{"variables":{},"${"z".repeat(5000)}":1}`),
    });
    const error = await unknown.catch((refusal: unknown) => refusal);
    expect(JSON.stringify((error as AppError).details).length).toBeLessThan(LIMITS.importErrorCharsMax + 100);
  });

  test("as JSONL give back what went in", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const cases = Array.from({ length: 600 }, (_, n) => ({ key: `k${n}`, variables: { n, text: "=1+1" } }));
    const { version } = await datasetOfCases(airline, "cases", cases);
    const file = await exportDataset(airline, { ...AT, format: "jsonl" });
    expect(file.fileName).toBe("cases-v1.jsonl");
    const copy = { dataset: "copy", create: "true", format: "jsonl", text: file.chunks } as const;
    expect((await importDataset(airline, copy)).version.contentHash).toBe(version.contentHash);
    await expect(exportDataset(bank, { ...AT, format: "jsonl" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("as CSV hold no formula for a spreadsheet to run", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const nasty = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"];
    const cases: Partial<Case>[] = nasty.map((text, n) => ({
      key: n === 0 ? "=1+1" : `k${n}`,
      messages: [{ role: "user", content: text }],
      variables: { [`=name${n}`]: text },
      expected: text,
      tags: ["=tag"],
      group: text,
    }));
    await datasetOfCases(airline, "cases", cases);
    const csv = await read((await exportDataset(airline, { ...AT, format: "csv" })).chunks);
    const cells = csv.split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    expect(cells.length).toBeGreaterThan(70);
    for (const cell of cells) expect(cell.replace(/^"/, "")).not.toMatch(/^[=+\-@\t\r＝]/);
  });

  test("as CSV are read back where nothing had to be made harmless", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const sets: Partial<Case>[][] = [
      [
        {
          key: "a",
          messages: [{ role: "user", content: 'He said "hi",\nloudly' }],
          tags: ["x", "y"],
          group: "g",
        },
        { key: "b", messages: [{ role: "user", content: "z" }], expected: { n: 1, s: "41", t: "text" } },
      ],
      [
        { key: "a", messages: [{ role: "system", content: "s" }], variables: { q: "v" }, expected: "text" },
        { key: "b", messages: [{ role: "user", content: "u" }], variables: { q: "w" }, expected: [1, null] },
      ],
    ];
    for (const [index, cases] of sets.entries()) {
      const { version } = await datasetOfCases(airline, `set-${index}`, cases);
      const from = { dataset: `set-${index}`, version: 1, format: "csv" } as const;
      const { chunks } = await exportDataset(airline, from);
      const back = await importDataset(airline, { dataset: `set-${index}`, format: "csv", text: chunks });
      expect(back).toMatchObject({ created: false, version: { contentHash: version.contentHash } });
    }
  });
});
