export { backupData, restoreData } from "./backup-data.ts";
export { type Config, readConfig } from "./config.ts";
export { type AppParts, createApp } from "./create-app.ts";
export { newOperatorKey } from "./new-operator-key.ts";
export { type LocalApp, type LocalAppOptions, openLocalApp } from "./open-local-app.ts";
export { type OpenPlatform, openPlatform } from "./open-platform.ts";
export { createLog } from "./request-log.ts";
export { readOrMakeSecretKey } from "./secret-key.ts";
export { seedStarter } from "./seed-starter.ts";
