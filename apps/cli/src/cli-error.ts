/** The command line asks for something that makes no sense: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file, or what it names, cannot be used: exit code 1. The message names the place. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/** The person at the terminal, or the machine that started us, wants to stop. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}
