import { expect, test } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { importDataset, listDatasets } from "./index.ts";

async function* lines(...rows: object[]): AsyncGenerator<string> {
  yield rows.map((row) => JSON.stringify(row)).join("\n");
}

describeEachPlatform("an import that may name its dataset", (open) => {
  test("makes dataset and version together, or neither when a row is wrong", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const good = { key: "1", messages: [{ role: "user", content: "hello" }] };
    const into = (create: "true" | "false", ...rows: object[]) =>
      importDataset(airline, { dataset: "new", format: "jsonl", create, text: lines(...rows) });

    await expect(into("false", good)).rejects.toMatchObject({ code: "not_found" });
    await expect(into("true", good, { key: "2" })).rejects.toMatchObject({ code: "dataset_invalid" });
    expect((await listDatasets(airline, { limit: 10 })).items).toEqual([]);
    expect(await into("true", good)).toMatchObject({
      created: true,
      version: { dataset: "new", version: 1 },
    });
    expect(await into("true", good)).toMatchObject({ created: false, version: { version: 1 } });
  });
});
