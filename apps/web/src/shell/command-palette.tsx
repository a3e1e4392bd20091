import { useNavigate, useParams } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Keyboard, Moon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { useTheme } from "../theme/theme.ts";
import { DESTINATIONS } from "./navigation.ts";
import { PromptCommands } from "./prompt-commands.tsx";

const ITEM =
  "flex cursor-pointer items-center gap-2.5 rounded-lg px-3 py-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-ink";

/** Everything one can go to or do, found by typing. */
export function CommandPalette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const theme = useTheme();
  const { tenant } = useParams({ strict: false });
  const scopes = useSession().tenants.find(({ slug }) => slug === tenant)?.scopes ?? [];
  const go = (href: string) => {
    onClose();
    void navigate({ href });
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      label={t("commandPalette")}
      overlayClassName="fixed inset-0 z-40 bg-black/45"
      contentClassName="fixed top-[14vh] left-1/2 z-50 w-[min(94vw,38rem)] -translate-x-1/2 rounded-2xl border border-line bg-surface p-2 shadow-float"
    >
      <Command.Input
        placeholder={t("searchOrJump")}
        className="w-full bg-transparent px-3 py-2.5 outline-none placeholder:text-ink-soft"
      />
      <Command.List className="max-h-[52vh] overflow-y-auto border-t border-line pt-2">
        <Command.Empty className="px-3 py-6 text-center text-ink-soft">{t("nothingFound")}</Command.Empty>
        {tenant !== undefined && (
          <>
            <Command.Group heading={t("goTo")} className="text-ink-soft">
              {DESTINATIONS.filter(({ scope }) => scope === undefined || scopes.includes(scope)).map(
                ({ name, icon: Icon, path, key }) => (
                  <Command.Item
                    key={name}
                    value={`${name} ${t(`nav.${name}`)}`}
                    onSelect={() => go(`/t/${tenant}${path}`)}
                    className={ITEM}
                  >
                    <Icon className="size-4" aria-hidden />
                    <span className="flex-1">{t(`nav.${name}`)}</span>
                    <kbd className="font-mono text-xs">g {key}</kbd>
                  </Command.Item>
                ),
              )}
            </Command.Group>
            <PromptCommands className={ITEM} onGo={go} />
          </>
        )}
        <Command.Group heading={t("actions")} className="text-ink-soft">
          <Command.Item className={ITEM} onSelect={() => theme.choose(theme.isDark ? "light" : "dark")}>
            <Moon className="size-4" aria-hidden />
            {theme.isDark ? t("lightTheme") : t("darkTheme")}
          </Command.Item>
          <Command.Item className={ITEM} onSelect={onShortcuts}>
            <Keyboard className="size-4" aria-hidden />
            {t("shortcuts")}
          </Command.Item>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}
