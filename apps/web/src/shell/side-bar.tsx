import { Link, useParams } from "@tanstack/react-router";
import clsx from "clsx";
import { Search, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { IconButton } from "../components/button.tsx";
import { DESTINATIONS, type Destination } from "./navigation.ts";
import { PersonMenu } from "./person-menu.tsx";
import { TenantSwitch } from "./tenant-switch.tsx";

const GROUPS = ["work", "measure", "watch", "manage"] as const;

interface SideBarProps {
  /** On narrow screens, where it covers the page. */
  isOpen: boolean;
  onClose: () => void;
  onPalette: () => void;
}

export function SideBar({ isOpen, onClose, onPalette }: SideBarProps) {
  const { t } = useTranslation("shell");
  const { tenant } = useParams({ strict: false });
  return (
    <>
      {isOpen && <div className="fixed inset-0 z-30 bg-black/45 md:hidden" aria-hidden onClick={onClose} />}
      <aside
        aria-label={t("sideBar")}
        className={clsx(
          "fixed inset-y-0 left-0 z-40 w-64 flex-col gap-3 border-r border-line bg-surface p-3 md:sticky md:top-0 md:z-auto md:flex md:h-dvh md:w-64 md:shrink-0",
          isOpen ? "flex" : "hidden",
        )}
      >
        <div className="flex items-center gap-2 px-1.5">
          <img src="/favicon.svg" alt="" className="size-7" />
          <span className="flex-1 text-lg font-semibold tracking-tight">Assay</span>
          <IconButton
            className="md:hidden"
            label={t("closeNavigation")}
            icon={<X className="size-4" aria-hidden />}
            onClick={onClose}
          />
        </div>
        <TenantSwitch />
        <button
          type="button"
          onClick={onPalette}
          className="flex items-center gap-2 rounded-lg border border-line px-2.5 py-1.5 text-sm text-ink-soft hover:bg-raised"
        >
          <Search className="size-4 shrink-0" aria-hidden />
          <span className="min-w-0 flex-1 truncate text-left">{t("searchOrJump")}</span>
          <kbd className="shrink-0 font-mono text-xs">Ctrl K</kbd>
        </button>
        <nav aria-label={t("navigation")} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
          {tenant !== undefined &&
            GROUPS.map((group) => <Group key={group} tenant={tenant} group={group} onGo={onClose} />)}
        </nav>
        <PersonMenu />
      </aside>
    </>
  );
}

function Group({ tenant, group, onGo }: { tenant: string; group: Destination["group"]; onGo: () => void }) {
  const { t } = useTranslation("shell");
  const scopes = useSession().tenants.find(({ slug }) => slug === tenant)?.scopes ?? [];
  const shown = DESTINATIONS.filter(
    (each) => each.group === group && (each.scope === undefined || scopes.includes(each.scope)),
  );
  if (shown.length === 0) return null;
  return (
    <div className="mb-3 md:mb-2">
      <p className="px-2 pb-1 text-xs font-semibold tracking-wide text-ink-soft">{t(`groups.${group}`)}</p>
      <ul>
        {shown.map(({ name, icon: Icon, path }) => (
          <li key={name}>
            <Link
              to={`/t/${tenant}${path}` as "/"}
              activeOptions={{ exact: path === "", includeSearch: false }}
              onClick={onGo}
              className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 text-ink-soft hover:bg-raised hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium md:py-1 data-[status=active]:text-ink"
            >
              <Icon className="size-4.5 shrink-0" aria-hidden />
              {t(`nav.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
