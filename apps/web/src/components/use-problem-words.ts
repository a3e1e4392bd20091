import type { PromptProblem } from "@assay/core";
import { useTranslation } from "react-i18next";
import type { FormProblem } from "./prompt-form.ts";

/** A problem of the form or of the server's check, as the editor shows it. */
export type ShownProblem = PromptProblem | (FormProblem & { severity: "error" });

/** What a mark of the template language goes with. */
const OTHER_MARKS: Readonly<Record<string, string>> = { "{{": "}}", "}}": "{{", "{%": "%}", "%}": "{%" };

function valuesOf(name: string): { name: string; other: string } {
  return { name, other: OTHER_MARKS[name] ?? "" };
}

/** A problem as a sentence in the reader's language, where it is one that the page knows; else as the server says it. */
export function useProblemWords(): (problem: ShownProblem) => string {
  const { t } = useTranslation("prompts");
  return (problem) => {
    if (problem.kind === "json") return t("problems.json", { message: problem.message });
    if (problem.kind === "number") return t("problems.number", { text: problem.message });
    if (problem.kind === "name") return t("problems.partialName");
    if (!("line" in problem)) return problem.message;
    const { kind, name, line, column, message } = problem;
    const said = kind === "other" ? message : t(`problems.${kind}`, valuesOf(name ?? ""));
    return line === null ? said : t("problems.atLine", { line, column: column ?? 1, said });
  };
}
