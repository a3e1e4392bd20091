import { useTranslation } from "react-i18next";
import { Dialog } from "../components/dialog.tsx";
import { VersionDiff } from "./version-diff.tsx";

interface VersionDiffDialogProps {
  prompt: string;
  from: number;
  to: number;
  onClose: () => void;
}

export function VersionDiffDialog({ prompt, from, to, onClose }: VersionDiffDialogProps) {
  const { t } = useTranslation("prompts");
  return (
    <Dialog isOpen shape="wide" onClose={onClose} title={t("diff.title", { from, to })}>
      <VersionDiff prompt={prompt} from={from} to={to} />
    </Dialog>
  );
}
