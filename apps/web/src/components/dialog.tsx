import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import { useReturnFocus } from "./use-return-focus.ts";
import { useStillPage } from "./use-still-page.ts";

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

/** Keeps the focus inside, closes on Escape, and gives the focus back to what it was opened from. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  return isOpen && <OpenDialog {...props} />;
}

/**
 * The library's portal, title, description and close button draw the whole dialog a second and a third time as it opens,
 * to learn that they are there; its overlay writes a style sheet into the page. Here they are plain elements, and a
 * dialog is drawn once.
 */
function OpenDialog({
  onClose,
  title,
  description,
  children,
  actions,
  shape = "dialog",
}: Omit<DialogProps, "isOpen">) {
  const { t } = useTranslation("shell");
  const id = useId();
  const returnFocus = useReturnFocus();
  useStillPage();
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      {createPortal(
        <>
          <div className="pointer-events-auto fixed inset-0 z-40 touch-pinch-zoom bg-black/45" aria-hidden />
          <Radix.Content
            onCloseAutoFocus={(event) => {
              // The library gives it back to a trigger of its own alone, and there is none.
              event.preventDefault();
              returnFocus();
            }}
            aria-labelledby={`${id}-title`}
            aria-describedby={description === undefined ? undefined : `${id}-description`}
            className={clsx(
              "pointer-events-auto fixed z-50 flex flex-col border border-line bg-surface shadow-float",
              SHAPES[shape],
            )}
          >
            <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
              <div className="min-w-0 flex-1">
                <h2 id={`${id}-title`} className="text-lg font-semibold">
                  {title}
                </h2>
                {description !== undefined && (
                  <div id={`${id}-description`} className="text-sm text-ink-soft">
                    {description}
                  </div>
                )}
              </div>
              <IconButton
                label={t("close")}
                icon={<X className="size-4" aria-hidden />}
                onClick={() => onClose()}
              />
            </header>
            <section className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4" tabIndex={-1}>
              {children}
            </section>
            {actions !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
                {actions}
              </footer>
            )}
          </Radix.Content>
        </>,
        document.body,
      )}
    </Radix.Root>
  );
}
