import { isJudgePrompt } from "@assay/core/plain";
import { Command, useCommandState } from "cmdk";
import { FileText, FlaskConical, type LucideIcon, Rocket, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { usePromptChoices } from "../components/use-prompt-choices.ts";
import { typedPrompts } from "./typed-prompts.ts";

interface PromptCommandsProps {
  className: string;
  onGo: (href: string) => void;
}

interface PromptAction {
  /** Names its text. */
  name: "promote" | "try" | "rollback";
  icon: LucideIcon;
  /** Below the tenant's address. */
  pathOf: (slug: string) => string;
}

const ACTIONS: readonly PromptAction[] = [
  { name: "promote", icon: Rocket, pathOf: (slug) => `/prompts/${slug}/promote` },
  { name: "try", icon: FlaskConical, pathOf: (slug) => `/playground?prompt=${slug}` },
  { name: "rollback", icon: Undo2, pathOf: (slug) => `/prompts/${slug}/history?rollback=true` },
];

/** The tenant's prompts, by name, and what can be done with the one that is typed; those of judges once they are typed. */
export function PromptCommands({ className, onGo }: PromptCommandsProps) {
  const typed = useCommandState(({ search }) => search);
  const { t } = useTranslation("shell");
  const { slug: tenant } = useTenant();
  const mayPromote = useMay("promote");
  const { data } = usePromptChoices({ isAll: isJudgePrompt(typed) });
  const slugs = data?.map(({ slug }) => slug) ?? [];
  const actions = ACTIONS.filter(({ name }) => name !== "rollback" || mayPromote);
  return (
    <>
      <Command.Group heading={t("prompts")} className="text-ink-soft">
        {slugs.map((slug) => (
          <Command.Item
            key={slug}
            value={`prompt ${slug}`}
            className={className}
            onSelect={() => onGo(`/t/${tenant}/prompts/${slug}`)}
          >
            <FileText className="size-4" aria-hidden />
            {slug}
          </Command.Item>
        ))}
      </Command.Group>
      <Command.Group heading={t("promptActions.title")} className="text-ink-soft">
        {typedPrompts(slugs, typed).flatMap((slug) =>
          actions.map(({ name, icon: Icon, pathOf }) => (
            <Command.Item
              key={`${name} ${slug}`}
              value={`${name} ${slug}`}
              // As it is read, and as it is typed: "roll back triage".
              keywords={[t(`promptActions.${name}`, { slug }), `${t(`promptActions.typed.${name}`)} ${slug}`]}
              className={className}
              onSelect={() => onGo(`/t/${tenant}${pathOf(slug)}`)}
            >
              <Icon className="size-4" aria-hidden />
              {t(`promptActions.${name}`, { slug })}
            </Command.Item>
          )),
        )}
      </Command.Group>
    </>
  );
}
