import type { PromptForm } from "../components/prompt-form.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";

/** What every part of the editor gets. */
export interface SectionProps {
  form: PromptForm;
  change: (update: (form: PromptForm) => PromptForm) => void;
  problems: readonly ShownProblem[];
}
