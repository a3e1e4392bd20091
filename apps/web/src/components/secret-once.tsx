import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

/** Something that is shown this once and can never be read again. */
export function SecretOnce({ label, secret }: { label: string; secret: string }) {
  const { t } = useTranslation("shell");
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-warn-soft p-3">
      <p className="font-semibold text-warn">{t("shownOnce")}</p>
      <output
        aria-label={label}
        className="rounded-md bg-surface px-2.5 py-2 font-mono text-sm break-all select-all"
      >
        {secret}
      </output>
      <Button
        isSmall
        onClick={() => void copy()}
        icon={isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
      >
        <span aria-live="polite">{isCopied ? t("copied") : t("copy")}</span>
      </Button>
    </div>
  );
}
