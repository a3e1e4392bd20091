import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

type Look = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  plain: "bg-surface text-ink border-line-strong/60 hover:bg-raised",
  quiet: "bg-transparent text-ink-soft border-transparent hover:bg-raised hover:text-ink",
  danger: "bg-bad-soft text-bad border-transparent hover:brightness-95 dark:hover:brightness-125",
};

export function buttonClass(look: Look = "plain", isSmall = false): string {
  return clsx(
    "inline-flex items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap transition-colors",
    "disabled:opacity-55 disabled:cursor-not-allowed",
    isSmall ? "h-8 px-2.5 text-sm" : "h-9.5 px-3.5",
    LOOKS[look],
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  isSmall?: boolean;
  icon?: ReactNode;
  /** Shown as busy and not to be pressed a second time. */
  isBusy?: boolean;
}

export function Button({ look = "plain", isSmall = false, icon, isBusy = false, ...rest }: ButtonProps) {
  const { className, children, disabled, type = "button", ...props } = rest;
  return (
    <button
      type={type}
      className={clsx(buttonClass(look, isSmall), className)}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy}
      {...props}
    >
      {isBusy ? (
        <span
          className="size-3.5 animate-spin rounded-full border-2 border-current border-t-transparent"
          aria-hidden
        />
      ) : (
        icon
      )}
      {children}
    </button>
  );
}

/** A button that shows a picture alone; `label` is what it says to those who do not see it. */
export function IconButton({ label, icon, ...props }: ButtonProps & { label: string }) {
  return (
    <Button
      look="quiet"
      isSmall
      icon={icon}
      aria-label={label}
      title={label}
      {...props}
      className={clsx("w-8 px-0!", props.className)}
    />
  );
}
