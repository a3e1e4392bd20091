import { AppError, type Route } from "@assay/core";
import type { OwnOrigins } from "./own-origins.ts";

/** What forms of any page can send anywhere without asking. */
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/**
 * Refuses what a page of another origin made a browser send with a person's cookie. Browsers name the page's origin in
 * all such requests; a cookie without one comes from no browser that we know.
 * @throws AppError `origin_not_allowed`
 */
export function refuseForeignPage(
  request: Request,
  { route, origins, hasCookie }: { route: Route; origins: OwnOrigins; hasCookie: boolean },
): void {
  if (route.method === "GET") return;
  const origin = request.headers.get("origin");
  const isForeign = origin === null ? hasCookie : !origins.isOwn(origin);
  if (isForeign) {
    throw new AppError(
      "origin_not_allowed",
      `People's requests come from ${origins.publicUrl() ?? "this server's own pages"}. If the server is reached otherwise, its operator sets ASSAY_PUBLIC_URL.`,
    );
  }
  const contentType = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (FORM_TYPES.includes(contentType) && request.headers.get("assay-tenant") === null) {
    throw new AppError("origin_not_allowed", "Forms are not accepted; send JSON.");
  }
}
