import { type ReactNode, useEffect } from "react";
import { Bdi } from "../components/bdi.tsx";
import { showHidden } from "../i18n/show-hidden.ts";

/** The frame of pages for people who are not logged in. */
export function Entrance({
  title: written,
  text,
  children,
}: {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}) {
  // It may hold what somebody called their tenant.
  const title = showHidden(written);
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 px-5 py-10">
      <header className="flex flex-col gap-2">
        <img src="/favicon.svg" alt="" className="size-11" />
        <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          <Bdi>{title}</Bdi>
        </h1>
        {text !== undefined && <div className="text-ink-soft">{text}</div>}
      </header>
      {children}
    </main>
  );
}
