import { ClientError } from "@assay/client";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

/** Says what went wrong, what to do, and the request's id, by which the server's log can be searched. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation("shell");
  if (error === null || error === undefined) return null;
  const requestId = error instanceof ClientError ? error.requestId : undefined;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-2 rounded-lg bg-bad-soft px-3.5 py-2.5 text-bad"
    >
      <CircleAlert className="mt-0.5 size-4.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="foreign-text">{messageOf(error, t("unknownError"))}</p>
        {requestId !== undefined && (
          <p className="mt-0.5 font-mono text-xs">
            {t("requestId")} {requestId}
          </p>
        )}
      </div>
      {onRetry !== undefined && (
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
