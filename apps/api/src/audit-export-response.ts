import { invariant } from "@assay/core";
import { exportAudit, type VerbInput } from "@assay/services";
import { pulled } from "./generation-response.ts";
import type { RawCall } from "./raw-handlers.ts";

/** Sends the audit log as a file, page by page as the reader takes it. */
export async function answerAuditExport(call: RawCall): Promise<Response> {
  const { context } = call;
  invariant(context !== undefined, "an audit log belongs to a tenant");
  const lines = exportAudit(context, call.input as VerbInput<"exportAudit">);
  const stream = pulled(lines, {
    onCancel: () => undefined,
    onEnd: call.onStreamEnd,
    onBug: call.onStreamBug,
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="audit-${context.tenantInfo.slug}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": call.requestId,
    },
  });
}
