import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../components/dialog.tsx";
import { LoginForm } from "../login/login-form.tsx";

/** When a session ends in the middle of work: the page stays as it is, with everything typed, behind this. */
export function LoginAgainDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("shell");
  const queries = useQueryClient();
  return (
    <Dialog isOpen onClose={onDone} title={t("sessionEnded")} description={t("sessionEndedText")}>
      <LoginForm
        onLoggedIn={async () => {
          await queries.invalidateQueries();
          onDone();
        }}
      />
    </Dialog>
  );
}
