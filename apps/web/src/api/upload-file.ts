import { ClientError, refusalOf } from "@assay/client";
import { noticeSessionEnd } from "./session-end.ts";

interface Upload {
  tenant: string | undefined;
  /** Path with query. */
  path: string;
  file: Blob;
  /** 0..1, as far as the browser has handed it over. */
  onProgress: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends a file and says how far it is, which `fetch` cannot. Rejects with ClientError. */
export function uploadFile({ tenant, path, file, onProgress, signal }: Upload): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (tenant !== undefined) request.setRequestHeader("assay-tenant", tenant);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else {
        const refusal = refusalOf(request, request.responseText);
        if (refusal.code === "unauthenticated") noticeSessionEnd();
        reject(refusal);
      }
    };
    request.onerror = () =>
      reject(new ClientError({ code: "unreachable", message: "The server cannot be reached." }));
    signal?.addEventListener("abort", () => request.abort());
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    request.send(file);
  });
}
