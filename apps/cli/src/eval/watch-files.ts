import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

const DEBOUNCE_MS = 150;

export interface FileWatch {
  /** Resolves once, a moment after the last of the first changes: an editor writes a file in several steps. */
  changed: Promise<void>;
  close(): void;
}

/**
 * Watches files by their folders, so that a file that an editor replaces, or that is not there yet, is seen as well; of
 * `folders` every file counts. Folders that are not there are left out.
 */
export function watchFiles(files: readonly string[], folders: readonly string[]): FileWatch {
  const wanted = new Map<string, Set<string> | "all">(folders.map((folder) => [resolve(folder), "all"]));
  for (const file of files) {
    const folder = dirname(resolve(file));
    const names = wanted.get(folder) ?? new Set<string>();
    if (names !== "all") wanted.set(folder, names.add(basename(file)));
  }
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const changed = new Promise<void>((done) => {
    for (const [folder, names] of wanted) {
      const seen = (_: string, name: string | null) => {
        if (name !== null && names !== "all" && !names.has(name)) return;
        clearTimeout(timer);
        timer = setTimeout(done, DEBOUNCE_MS);
      };
      const watcher = watchFolder(folder, seen);
      if (watcher !== undefined) watchers.push(watcher);
    }
  });
  return {
    changed,
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function watchFolder(
  folder: string,
  seen: (event: string, name: string | null) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, seen).on("error", () => undefined);
  } catch {
    return undefined;
  }
}
