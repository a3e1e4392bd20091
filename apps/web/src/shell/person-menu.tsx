import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, Languages, LogOut, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { personalClient } from "../api/tenant-client.ts";
import { Bdi } from "../components/bdi.tsx";
import { Menu } from "../components/menu.tsx";
import { chooseLanguage } from "../i18n/start-i18n.ts";
import { useTheme } from "../theme/theme.ts";

export function PersonMenu() {
  const { t, i18n } = useTranslation("shell");
  const { user } = useSession();
  const theme = useTheme();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const logOut = async () => {
    await personalClient.logout();
    queries.clear();
    await navigate({ to: "/login", search: {} });
  };
  return (
    <Menu
      label={t("account")}
      trigger={
        <button
          type="button"
          className="flex items-center gap-2.5 rounded-lg px-2 py-2 text-left hover:bg-raised"
        >
          <CircleUser className="size-6 shrink-0 text-ink-soft" aria-hidden />
          <span className="min-w-0">
            <Bdi className="block truncate text-sm font-semibold">{user.name}</Bdi>
            <Bdi className="block truncate text-xs text-ink-soft">{user.email}</Bdi>
          </span>
        </button>
      }
      items={[
        {
          text: theme.isDark ? t("lightTheme") : t("darkTheme"),
          icon: theme.isDark ? (
            <Sun className="size-4" aria-hidden />
          ) : (
            <Moon className="size-4" aria-hidden />
          ),
          onSelect: () => theme.choose(theme.isDark ? "light" : "dark"),
        },
        {
          text: i18n.language === "pl" ? "English" : "Polski",
          icon: <Languages className="size-4" aria-hidden />,
          onSelect: () => void chooseLanguage(i18n.language === "pl" ? "en" : "pl"),
        },
        {
          text: t("yourAccount"),
          icon: <CircleUser className="size-4" aria-hidden />,
          onSelect: () => void navigate({ href: "/account" }),
        },
        { text: t("logOut"), icon: <LogOut className="size-4" aria-hidden />, onSelect: () => void logOut() },
      ]}
    />
  );
}
