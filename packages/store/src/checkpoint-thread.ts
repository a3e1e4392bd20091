import { parentPort, workerData } from "node:worker_threads";
import SqliteDatabase from "better-sqlite3";

// PASSIVE waits for nobody and makes nobody wait: what is still read or being written is left for the next time.
const database = new SqliteDatabase(workerData.file, { fileMustExist: true });
parentPort?.on("message", () => {
  try {
    database.pragma("wal_checkpoint(PASSIVE)");
  } catch {
    // The log grows until the writer takes it into the file itself, and says then what is wrong.
  }
  parentPort?.postMessage("done");
});
