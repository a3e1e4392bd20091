import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { SecretOnce } from "../components/secret-once.tsx";

export interface Handed {
  title: string;
  text: string;
  label: string;
  secret: string;
}

/** Hands over what can be read this once: a key's secret, an invitation's link. */
export function SecretDialog({ of, onClose }: { of: Handed; onClose: () => void }) {
  const { t } = useTranslation("operator");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={of.title}
      description={of.text}
      actions={<Button onClick={onClose}>{t("kept")}</Button>}
    >
      <SecretOnce label={of.label} secret={of.secret} />
    </Dialog>
  );
}
