import { isJudgePrompt } from "@assay/core/plain";
import { Command, useCommandState } from "cmdk";
import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { usePromptChoices } from "../components/use-prompt-choices.ts";

interface PromptCommandsProps {
  className: string;
  onGo: (href: string) => void;
}

/** The tenant's prompts, by name; those of judges once somebody writes what their names begin with. */
export function PromptCommands({ className, onGo }: PromptCommandsProps) {
  const typed = useCommandState(({ search }) => search);
  const { t } = useTranslation("shell");
  const { slug: tenant } = useTenant();
  const { data } = usePromptChoices({ isAll: isJudgePrompt(typed) });
  return (
    <Command.Group heading={t("prompts")} className="text-ink-soft">
      {data?.map(({ slug }) => (
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
  );
}
