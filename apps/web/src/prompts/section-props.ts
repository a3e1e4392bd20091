import type { PromptForm } from "./prompt-form.ts";
import type { ShownProblem } from "./shown-problems.ts";

/** What every part of the editor gets. */
export interface SectionProps {
  form: PromptForm;
  change: (update: (form: PromptForm) => PromptForm) => void;
  problems: readonly ShownProblem[];
}
