import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";

export interface MenuItem {
  text: string;
  icon?: ReactNode;
  onSelect: () => void;
  isDanger?: boolean;
  isDisabled?: boolean;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  label: string;
}

interface TriggerProps {
  onClick?: () => void;
  onKeyDown?: (event: { key: string; preventDefault(): void }) => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
}

const MenuList = lazy(async () => ({ default: (await import("./menu-list.tsx")).MenuList }));

/** A button with a list of actions. What places and drives the list is loaded when a first menu is opened. */
export function Menu({ trigger, items, label }: MenuProps) {
  const [isWanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  const closed = cloneElement(trigger, {
    onClick: want,
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      want();
    },
    "aria-haspopup": "menu",
    "aria-expanded": false,
  });
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuList trigger={trigger} items={items} label={label} />
    </Suspense>
  );
}
