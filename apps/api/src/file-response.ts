import { pulledStream } from "./pulled-stream.ts";
import type { RawCall } from "./raw-handlers.ts";

interface SentFile {
  /** Made as the reader takes them. */
  chunks: AsyncGenerator<string>;
  contentType: string;
  /** Of slugs and numbers alone: it stands in a header. */
  fileName: string;
}

/** Sends what belongs to a tenant as a file to be saved, which no cache keeps and no browser takes for a page. */
export function fileResponse(
  { requestId, onStreamEnd, onStreamBug }: RawCall,
  { chunks, contentType, fileName }: SentFile,
): Response {
  const stream = pulledStream(chunks, {
    onCancel: () => undefined,
    onEnd: onStreamEnd,
    onBug: onStreamBug,
  });
  return new Response(stream, {
    headers: {
      "content-type": `${contentType}; charset=utf-8`,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    },
  });
}
