import type { Member } from "@assay/core";
import type { Role } from "@assay/core/plain";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionQuery, useSession } from "../api/session.ts";
import { useWrite } from "../api/use-api.ts";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { notify } from "../components/toast.tsx";
import { RoleField } from "./role-field.tsx";

/** Gives a member another role; that the last admin stays one is the server's to say. */
export function RoleDialog({ of: { user, role }, onClose }: { of: Member; onClose: () => void }) {
  const { t } = useTranslation("people");
  const queries = useQueryClient();
  const isSelf = useSession().user.id === user.id;
  const setRole = useWrite("setMemberRole", ["listMembers"]);
  const submit = async (form: FormData) => {
    await setRole.mutateAsync({ userId: user.id, role: textIn(form, "role") as Role });
    if (isSelf) await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    notify(t("members.changed", { name: user.name }));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("members.changeOf", { name: user.name })}
      description={t(isSelf ? "members.changeSelf" : "members.changeText")}
      submitText={t("members.change")}
      onSubmit={submit}
    >
      <RoleField chosen={role} />
    </FormDialog>
  );
}
