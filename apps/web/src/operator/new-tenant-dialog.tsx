import { LIMITS } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SlugField } from "../components/slug-field.tsx";
import { LimitsFields } from "./limits-fields.tsx";
import { limitsIn } from "./limits-in.ts";
import { type Handed, SecretDialog } from "./secret-dialog.tsx";
import { useOperatorWrite } from "./use-operator-api.ts";

export function NewTenantDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("operator");
  const [isInviting, setInviting] = useState(false);
  const { handed, submit } = useNewTenant(isInviting);
  if (handed !== null) return <SecretDialog of={handed} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("makeTenant")}
      description={t("makeTenantText")}
      submitText={t("makeTenant")}
      onSubmit={submit}
    >
      <TextField name="name" label={t("name")} required maxLength={LIMITS.nameLengthMax} />
      <SlugField label={t("slug")} hint={t("slugHint")} />
      <LimitsFields />
      <p className="text-sm text-ink-soft">{t("limitsHint")}</p>
      <SelectField
        label={t("firstAdmin")}
        value={isInviting ? "invite" : "key"}
        options={[
          { value: "key", text: t("firstKey") },
          { value: "invite", text: t("firstInvited") },
        ]}
        onChange={(event) => setInviting(event.target.value === "invite")}
      />
      {isInviting && <TextField name="email" type="email" label={t("email")} required />}
    </FormDialog>
  );
}

/** Makes the tenant, then what its first admin comes in with. */
function useNewTenant(isInviting: boolean) {
  const { t } = useTranslation("operator");
  const [handed, setHanded] = useState<Handed | null>(null);
  const [tenantId, setTenantId] = useState<string | null>(null);
  const create = useOperatorWrite("createTenant");
  const invite = useOperatorWrite("inviteToTenant");
  const makeTenant = async (form: FormData): Promise<{ id: string; secret: string }> => {
    const { tenant, adminKey } = await create.mutateAsync({
      name: textIn(form, "name") ?? "",
      slug: textIn(form, "slug") ?? "",
      limits: limitsIn(form),
    });
    setTenantId(tenant.id);
    return { id: tenant.id, secret: adminKey.secret };
  };
  const submit = async (form: FormData) => {
    if (!isInviting && tenantId === null) {
      const { secret } = await makeTenant(form);
      return setHanded({ title: t("tenantMade"), text: t("keyMadeText"), label: t("adminKey"), secret });
    }
    // A refused invitation is sent again, and the tenant is there by then.
    const id = tenantId ?? (await makeTenant(form)).id;
    const { link } = await invite.mutateAsync({ tenantId: id, email: textIn(form, "email") ?? "" });
    setHanded({ title: t("tenantMade"), text: t("invitedText"), label: t("invitationLink"), secret: link });
  };
  return { handed, submit };
}
