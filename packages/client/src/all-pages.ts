import type { Page } from "@assay/core";

/**
 * Every item of a list, page by page as they are consumed: `allPages((cursor) => client.listPrompts({ cursor }))`.
 */
export async function* allPages<T>(
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void> {
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
