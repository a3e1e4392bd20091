import { type ReactNode, useEffect } from "react";
import { showHidden } from "../i18n/show-hidden.ts";
import { Bdi } from "./bdi.tsx";

interface PageProps {
  title: string;
  /** What stands before the title, such as a link to the list that the page came from. */
  above?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page's frame: its one `h1`, its actions, its content. Names the browser's tab as well. */
export function Page({ title: written, above, subtitle, actions, children }: PageProps) {
  // It may be what somebody called a thing.
  const title = showHidden(written);
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-5 px-4 py-5 sm:px-7">
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          {above !== undefined && <div className="text-sm text-ink-soft">{above}</div>}
          <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]" tabIndex={-1}>
            <Bdi>{title}</Bdi>
          </h1>
          {subtitle !== undefined && <div className="text-ink-soft">{subtitle}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
