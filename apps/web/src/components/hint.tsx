import { CircleHelp } from "lucide-react";
import { Popover } from "radix-ui";

/** A word that not everybody knows, explained on demand. */
export function Hint({ about, children }: { about: string; children: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={about}
          title={about}
          className="inline-flex size-5 items-center justify-center rounded-full text-ink-soft hover:text-ink"
        >
          <CircleHelp className="size-4" aria-hidden />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-60 max-w-80 rounded-xl border border-line bg-surface p-3 text-sm text-ink shadow-float"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
