import { expect, test } from "vitest";
import { findServable } from "../serving/find-servable.ts";
import { describeEachPlatform, uploadToyModel } from "../testing/index.ts";

describeEachPlatform("a model file that is gone from the disk", (open) => {
  test("is named in the refusal, and put back by the same file under the same name", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const model = await uploadToyModel(airline, "mine");
    const owner = { kind: "tenant", tenantId: airline.tenant.tenantId } as const;
    await made.platform.files.remove(owner, model.sha256 ?? "");

    await expect(findServable(airline, "mine")).rejects.toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining(`model "mine" (SHA-256 ${model.sha256}) is missing`),
    });
    await expect(uploadToyModel(airline, "mine", 9)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await uploadToyModel(airline, "mine")).toMatchObject({ id: model.id, sha256: model.sha256 });
    expect(await findServable(airline, "mine")).toMatchObject({ model: { slug: "mine" } });
    await expect(uploadToyModel(airline, "mine")).rejects.toMatchObject({ code: "conflict" });
  });
});
