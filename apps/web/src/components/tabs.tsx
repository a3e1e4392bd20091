import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TabsProps<Name extends string> {
  /** Which one is open; kept in the address by the page. */
  open: Name;
  onOpen: (name: Name) => void;
  label: string;
  tabs: readonly { name: Name; title: ReactNode; content: () => ReactNode }[];
}

export function Tabs<Name extends string>({ open, onOpen, label, tabs }: TabsProps<Name>) {
  return (
    <Radix.Root
      value={open}
      onValueChange={(name) => onOpen(name as Name)}
      className="flex min-w-0 flex-col gap-4"
    >
      <Radix.List
        aria-label={label}
        className="flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line"
      >
        {tabs.map(({ name, title }) => (
          <Radix.Trigger
            key={name}
            value={name}
            className="shrink-0 -outline-offset-2 border-b-2 border-transparent px-3 py-2 text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ name, content }) => (
        <Radix.Content key={name} value={name} className="min-w-0 outline-offset-4">
          {content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
