/**
 * Is it a path below a web hook's address, its first slash included? Letters, digits and a few marks between single slashes: nothing that leaves
 * the address, starts a query or means something else once decoded. Each slash ends a piece, so that no text takes
 * long to refuse.
 */
export function isWebhookPath(path: string): boolean {
  return /^\/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\/?)?$/.test(path);
}
