export { findFileFaults, STARTER_FILES, type StarterFile } from "./manifest.ts";
export { type PlacedFile, STARTER, type Starter, type StarterTenant } from "./starter.ts";
