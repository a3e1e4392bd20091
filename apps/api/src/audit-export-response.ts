import { invariant } from "@assay/core";
import { exportAudit, type VerbInput } from "@assay/services";
import { fileResponse } from "./file-response.ts";
import type { RawCall } from "./raw-handlers.ts";

/** Sends the audit log as a file, page by page as the reader takes it. */
export async function answerAuditExport(call: RawCall): Promise<Response> {
  const { context } = call;
  invariant(context !== undefined, "an audit log belongs to a tenant");
  const chunks = exportAudit(context, call.input as VerbInput<"exportAudit">);
  return fileResponse(call, {
    chunks,
    contentType: "text/csv",
    fileName: `audit-${context.tenantInfo.slug}.csv`,
  });
}
