import type { ReactNode } from "react";

/** What is not there yet, what it would be good for, and the first step towards it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-xl border border-dashed border-line-strong/60 px-6 py-10 text-center">
      <p className="font-semibold">{title}</p>
      <div className="max-w-prose text-ink-soft">{children}</div>
      {action !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
