import clsx from "clsx";
import type { ReactNode } from "react";

interface CardProps {
  /** Where links within the page lead. */
  id?: string;
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Card({ id, title, actions, children, className }: CardProps) {
  return (
    <section id={id} className={clsx("min-w-0 rounded-xl border border-line bg-surface", className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
          <h2 className="min-w-0 flex-1 basis-56 font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className="p-4">{children}</div>
    </section>
  );
}
