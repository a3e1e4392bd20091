import { join } from "node:path";

/** Where things lie in a data directory. */
export function dataPaths(dataDir: string) {
  return {
    database: join(dataDir, "assay.sqlite"),
    files: join(dataDir, "files"),
    secretKey: join(dataDir, "secret.key"),
  };
}
