import { UsageError } from "./cli-error.ts";

/**
 * The application itself, for what happens on this machine. Imported only when needed: it brings a database and
 * engines, which a command that asks a server must not wait for.
 *
 * @throws UsageError on a Node that cannot run the application's TypeScript.
 */
export async function loadApplication(): Promise<typeof import("@assay/api")> {
  if (!process.features.typescript) {
    throw new UsageError(
      `This needs Node 24, and this is ${process.version}: use the checkout's bin/assay.js.`,
    );
  }
  return import("@assay/api");
}
