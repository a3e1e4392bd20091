import { ClientError } from "@assay/client";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

/** Refusals whose gist the code alone tells; their texts are `errors.<code>` in `shell`. */
const TRANSLATED = [
  "not_found",
  "scope_missing",
  "rate_limit_exceeded",
  "queue_full",
  "payload_too_large",
  "engine_unavailable",
  "unreachable",
  "timeout",
] as const;

/** Says what went wrong, what to do, and the request's id, by which the server's log can be searched. What is not there is not there a second time. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t, i18n } = useTranslation("shell");
  if (error === null || error === undefined) return null;
  const { requestId, code } = error instanceof ClientError ? error : {};
  // The server speaks English. Who reads another language is told the gist first.
  const known = i18n.language === "en" ? undefined : TRANSLATED.find((each) => each === code);
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-2 rounded-lg bg-bad-soft px-3.5 py-2.5 text-bad"
    >
      <CircleAlert className="mt-0.5 size-4.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        {known !== undefined && <p>{t(`errors.${known}`)}</p>}
        <p className={known === undefined ? "foreign-text" : "foreign-text text-sm"}>
          {messageOf(error, t("unknownError"))}
        </p>
        {requestId !== undefined && (
          <p className="mt-0.5 font-mono text-xs">
            {t("requestId")} {requestId}
          </p>
        )}
      </div>
      {onRetry !== undefined && code !== "not_found" && (
        <Button isSmall onClick={onRetry}>
          {t("tryAgain")}
        </Button>
      )}
    </div>
  );
}

/** A bug's own words are of no use to a reader, a refusal's are. */
function messageOf(error: unknown, fallback: string): string {
  return error instanceof ClientError ? error.message : fallback;
}
