import { useNavigate, useParams } from "@tanstack/react-router";
import { Check, ChevronsUpDown, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { Bdi } from "../components/bdi.tsx";
import { Menu } from "../components/menu.tsx";

const OPERATOR_PATH = "/operator";

/** Whose data is on the page, always in view; and the way to the person's other tenants. */
export function TenantSwitch() {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const { tenant } = useParams({ strict: false });
  const { tenants, user } = useSession();
  const current = tenants.find(({ slug }) => slug === tenant);
  const go = (href: string) => () => void navigate({ href });
  return (
    <Menu
      label={t("switchTenant")}
      trigger={
        <button
          type="button"
          className="flex items-center gap-2 rounded-lg border border-line bg-raised px-2.5 py-2 text-left hover:border-line-strong"
        >
          <span className="min-w-0 flex-1">
            <span className="block text-xs text-ink-soft">{t("tenant")}</span>
            <Bdi className="block truncate font-semibold">{current?.name ?? t("noTenant")}</Bdi>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-ink-soft" aria-hidden />
        </button>
      }
      items={[
        ...tenants.map(({ slug, name }) => ({
          text: name,
          icon: <Check className={slug === tenant ? "size-4" : "size-4 opacity-0"} aria-hidden />,
          onSelect: go(`/t/${slug}`),
        })),
        ...(user.isOperator
          ? [
              {
                text: t("operatorConsole"),
                icon: <Wrench className="size-4" aria-hidden />,
                onSelect: go(OPERATOR_PATH),
              },
            ]
          : []),
      ]}
    />
  );
}
