import { useTranslation } from "react-i18next";
import { Dialog } from "../components/dialog.tsx";
import { DESTINATIONS } from "./navigation.ts";

/** The keys of pages beside those of the frame; their texts are `shortcut.<name>` in `shell`. */
const PAGE_SHORTCUTS: readonly { name: string; keys: string }[] = [
  { name: "walkCases", keys: "j k" },
  { name: "saveVersion", keys: "Ctrl S" },
  { name: "moveMessage", keys: "Alt ↑ ↓" },
  { name: "run", keys: "Ctrl Enter" },
  { name: "stop", keys: "Esc" },
  { name: "label", keys: "1 2" },
  { name: "annotate", keys: "s u n" },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const rows = [
    { text: t("commandPalette"), keys: "Ctrl K" },
    { text: t("shortcuts"), keys: "?" },
    ...DESTINATIONS.map(({ name, key }) => ({ text: t(`nav.${name}`), keys: `g ${key}` })),
    ...PAGE_SHORTCUTS.map(({ name, keys }) => ({ text: t(`shortcut.${name}`), keys })),
  ];
  return (
    <Dialog isOpen onClose={onClose} title={t("shortcuts")}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2">
        {rows.map(({ text, keys }) => (
          <div key={keys} className="contents">
            <dt>{text}</dt>
            <dd>
              <kbd className="rounded border border-line bg-raised px-1.5 py-0.5 font-mono text-sm">
                {keys}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
