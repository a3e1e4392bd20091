import { FileError, UsageError } from "./cli-error.ts";

type Application = typeof import("@assay/api");

/**
 * Does something with the application itself, on this machine. It is imported only when needed: it brings a database
 * and engines, which a command that asks a server must not wait for.
 *
 * @throws UsageError on a Node that cannot run the application's TypeScript; FileError with the application's own
 * words when it cannot use what it was given.
 */
export async function withApplication<T>(work: (application: Application) => Promise<T>): Promise<T> {
  if (!process.features.typescript) {
    throw new UsageError(
      `This needs Node 24, and this is ${process.version}: use the checkout's bin/assay.js.`,
    );
  }
  const application = await import("@assay/api");
  try {
    return await work(application);
  } catch (error) {
    // The application says what a person can set right in a plain Error; any other kind is a bug and keeps its stack.
    if (error instanceof Error && error.constructor === Error)
      throw new FileError(error.message, { cause: error });
    throw error;
  }
}
