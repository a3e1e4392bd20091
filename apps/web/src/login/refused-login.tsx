import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

const KNOWN = [
  "sso_failed",
  "sso_required",
  "origin_not_allowed",
  "host_not_allowed",
  "not_found",
  "invalid_input",
  "upstream_error",
  "rate_limit_exceeded",
  "conflict",
] as const;

/** Why the server sent the browser back to the log-in, in words; anybody can write any code into an address. */
export function RefusedLogin({ code }: { code: string }) {
  const { t } = useTranslation("login");
  const known = KNOWN.find((each) => each === code) ?? "other";
  return (
    <div role="alert" className="flex items-start gap-2 rounded-lg bg-bad-soft px-3.5 py-2.5 text-bad">
      <CircleAlert className="mt-0.5 size-4.5 shrink-0" aria-hidden />
      <p>{t(`refused.${known}`)}</p>
    </div>
  );
}
