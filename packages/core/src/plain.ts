// What needs no zod, for whatever must start at once: a browser, the command line. `@assay/core` has it all too.
export * from "./apply-case-edit.ts";
export * from "./canonical-json.ts";
export * from "./case-text.ts";
export * from "./content-lines.ts";
export * from "./csv-cells.ts";
export * from "./csv-line.ts";
export * from "./day-starts.ts";
export * from "./differing-members.ts";
export * from "./errors.ts";
export * from "./judge-prompt.ts";
export * from "./limits.ts";
export * from "./line-diff.ts";
export * from "./record-splitter.ts";
export * from "./replace-hidden.ts";
export * from "./scopes.ts";
export * from "./slug-of.ts";
export * from "./slug-rule.ts";
