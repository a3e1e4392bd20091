import { ROLES, type Role } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";

/** Which role somebody gets, each with what it may do. */
export function RoleField({ chosen }: { chosen: Role }) {
  const { t } = useTranslation("people");
  const roles = Object.keys(ROLES);
  return (
    <SelectField
      name="role"
      label={t("role")}
      defaultValue={chosen}
      options={roles.map((value) => ({ value, text: t(`rolesLong.${value}`) }))}
    />
  );
}
