import { invariant } from "@assay/core";
import { exportDataset, type VerbInput } from "@assay/services";
import { pulled } from "./generation-response.ts";
import type { RawCall } from "./raw-handlers.ts";

/** Sends a dataset as a file, page by page as the reader takes it. */
export async function answerDatasetExport(call: RawCall): Promise<Response> {
  invariant(call.context !== undefined, "datasets belong to tenants");
  const file = await exportDataset(call.context, call.input as VerbInput<"exportDataset">);
  const stream = pulled(file.chunks, {
    onCancel: () => undefined,
    onEnd: call.onStreamEnd,
    onBug: call.onStreamBug,
  });
  return new Response(stream, {
    headers: {
      "content-type": `${file.contentType}; charset=utf-8`,
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "x-content-type-options": "nosniff",
      "x-request-id": call.requestId,
    },
  });
}
