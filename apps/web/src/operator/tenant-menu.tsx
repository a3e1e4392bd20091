import type { TenantUsage } from "@assay/core";
import { EllipsisVertical, Gauge, KeyRound, Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { Menu } from "../components/menu.tsx";
import { InviteAdminDialog } from "./invite-admin-dialog.tsx";
import { LimitsDialog } from "./limits-dialog.tsx";
import { NewTenantKeyDialog } from "./new-tenant-key-dialog.tsx";
import { RemoveTenantDialog } from "./remove-tenant-dialog.tsx";

/** What an operator can do to a tenant. */
export function TenantMenu({ of: { tenant, limits } }: { of: TenantUsage }) {
  const { t } = useTranslation("operator");
  const [open, setOpen] = useState<"invite" | "key" | "limits" | "remove" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={t("actionsOf", { name: tenant.slug })}
        trigger={
          <IconButton
            label={t("actionsOf", { name: tenant.slug })}
            icon={<EllipsisVertical className="size-4" aria-hidden />}
          />
        }
        items={[
          {
            text: t("inviteAdmin"),
            icon: <UserPlus className="size-4" aria-hidden />,
            onSelect: () => setOpen("invite"),
          },
          {
            text: t("makeKey"),
            icon: <KeyRound className="size-4" aria-hidden />,
            onSelect: () => setOpen("key"),
          },
          {
            text: t("setLimits"),
            icon: <Gauge className="size-4" aria-hidden />,
            onSelect: () => setOpen("limits"),
          },
          {
            text: t("removeTenant"),
            icon: <Trash2 className="size-4" aria-hidden />,
            onSelect: () => setOpen("remove"),
          },
        ]}
      />
      {open === "invite" && <InviteAdminDialog tenant={tenant} onClose={close} />}
      {open === "key" && <NewTenantKeyDialog tenant={tenant} onClose={close} />}
      {open === "limits" && <LimitsDialog tenant={tenant} limits={limits} onClose={close} />}
      {open === "remove" && <RemoveTenantDialog tenant={tenant} onClose={close} />}
    </>
  );
}
