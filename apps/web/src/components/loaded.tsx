import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "./error-notice.tsx";

interface Reading<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** What was read, or the wait for it, or why it cannot be had. An older answer stays in view while a newer fails. */
export function Loaded<T>({
  from,
  children,
}: {
  from: Reading<T>;
  children: (data: NonNullable<T>) => ReactNode;
}) {
  return (
    <>
      {from.error !== null && <ErrorNotice error={from.error} onRetry={() => from.refetch()} />}
      {from.data !== undefined && from.data !== null
        ? children(from.data)
        : from.error === null && <Waiting />}
    </>
  );
}

export function Waiting() {
  const { t } = useTranslation("shell");
  return (
    <div role="status" className="flex flex-col gap-2.5 py-2">
      <span className="sr-only">{t("loading")}</span>
      <span className="h-4 w-2/3 animate-pulse rounded bg-raised" />
      <span className="h-4 w-1/2 animate-pulse rounded bg-raised" />
      <span className="h-4 w-3/5 animate-pulse rounded bg-raised" />
    </div>
  );
}
