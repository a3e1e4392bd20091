import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, in a row that stays in view. */
  actions?: ReactNode;
  /** `drawer` comes in from the side, for reading beside the page. */
  shape?: "dialog" | "wide" | "drawer";
}

const SHAPES = {
  dialog: "left-1/2 top-1/2 max-h-[90dvh] w-[min(94vw,34rem)] -translate-x-1/2 -translate-y-1/2 rounded-2xl",
  wide: "left-1/2 top-1/2 max-h-[92dvh] w-[min(96vw,60rem)] -translate-x-1/2 -translate-y-1/2 rounded-2xl",
  drawer: "right-0 top-0 h-dvh w-[min(100vw,46rem)]",
};

/** Keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  actions,
  shape = "dialog",
}: DialogProps) {
  const { t } = useTranslation("shell");
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          {...(description === undefined && { "aria-describedby": undefined })}
          className={clsx(
            "fixed z-50 flex flex-col border border-line bg-surface shadow-float",
            SHAPES[shape],
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description asChild>
                  <div className="text-sm text-ink-soft">{description}</div>
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t("close")} icon={<X className="size-4" aria-hidden />} />
            </Radix.Close>
          </header>
          <section className="min-h-0 flex-1 overflow-y-auto px-5 py-4" tabIndex={-1}>
            {children}
          </section>
          {actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {actions}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
