import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";

/** Something that is shown this once and can never be read again. */
export function SecretOnce({ label, secret }: { label: string; secret: string }) {
  const { t } = useTranslation("shell");
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-warn-soft p-3">
      <p className="font-semibold text-warn">{t("shownOnce")}</p>
      <output
        aria-label={label}
        className="rounded-md bg-surface px-2.5 py-2 font-mono text-sm break-all select-all"
      >
        {secret}
      </output>
      <CopyButton text={secret} />
    </div>
  );
}
