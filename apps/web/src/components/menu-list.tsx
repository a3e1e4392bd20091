import { DropdownMenu } from "radix-ui";
import type { MenuProps } from "./menu.tsx";

/** The menu itself, opened as soon as it is there. */
export function MenuList({ trigger, items, label }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <div>
          {/* A press beside the menu closes it, and does nothing to what lies there. */}
          <div className="pointer-events-auto fixed inset-0 z-50" aria-hidden />
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            aria-label={label}
            className="z-50 min-w-44 rounded-xl border border-line bg-surface p-1 shadow-float"
          >
            {items.map(({ text, icon, onSelect, isDanger = false, isDisabled = false }) => (
              <DropdownMenu.Item
                key={text}
                disabled={isDisabled}
                onSelect={onSelect}
                className={`flex cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1.5 outline-none data-disabled:opacity-50 data-highlighted:bg-raised ${isDanger ? "text-bad" : ""}`}
              >
                {icon}
                {text}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </div>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
