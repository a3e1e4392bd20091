import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import type { MenuProps } from "./menu.tsx";

/** The menu itself, opened as soon as it is there. */
export function MenuList({ trigger, items, label }: MenuProps) {
  const [isOpen, setOpen] = useState(true);
  const close = () => setOpen(false);
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <div>
          <Pane onPress={close} />
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            aria-label={label}
            onPointerDownOutside={(event) => event.preventDefault()}
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

/**
 * A press beside the menu closes it, and does nothing to what lies there. So the pane stays until the press is over:
 * were it gone as a finger comes down, the tap would go to what lies behind, and a dialog that holds the menu would
 * take its own next press for this one.
 */
function Pane({ onPress }: { onPress: () => void }) {
  // The tap that opens the menu ends on the pane, and did not begin there.
  const isPressed = useRef(false);
  return (
    <div
      className="pointer-events-auto fixed inset-0 z-50"
      aria-hidden
      onPointerDown={() => {
        isPressed.current = true;
      }}
      onClick={() => isPressed.current && onPress()}
      onContextMenu={onPress}
    />
  );
}
