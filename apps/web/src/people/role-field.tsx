import { ROLES, type Role } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";

/** Which role somebody gets, each with what it may do. */
export function RoleField({ role }: { role: Role }) {
  const { t } = useTranslation("people");
  const roles = Object.keys(ROLES);
  return (
    <SelectField
      name="role"
      label={t("role")}
      defaultValue={role}
      options={roles.map((value) => ({ value, text: t(`rolesLong.${value}`) }))}
    />
  );
}
