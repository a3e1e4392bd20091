import { Command } from "cmdk";
import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useTenant } from "./use-tenant.ts";

/** The tenant's prompts, by name. */
export function PromptCommands({ className, onGo }: { className: string; onGo: (href: string) => void }) {
  const { t } = useTranslation("shell");
  const { slug: tenant } = useTenant();
  const { data } = useList("listPrompts", { limit: 100 });
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
