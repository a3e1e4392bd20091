import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { TextArea } from "../components/field.tsx";
import type { Turn } from "./playground-input.ts";

interface TurnsEditorProps {
  turns: readonly Turn[];
  onChange: (change: (now: readonly Turn[]) => readonly Turn[]) => void;
}

/** A conversation, turn by turn; the last turn is what is answered. */
export function TurnsEditor({ turns, onChange }: TurnsEditorProps) {
  const { t } = useTranslation("playground");
  const nextRole = turns.at(-1)?.role === "user" ? "assistant" : "user";
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">{t("conversation")}</legend>
      {turns.map((turn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns have no names; their order is what they are
        <div key={index} className="flex items-start gap-1">
          <TextArea
            className="flex-1"
            label={t(`turn.${turn.role}`, { number: index + 1 })}
            rows={Math.min(12, Math.max(2, turn.text.split("\n").length))}
            value={turn.text}
            onChange={({ target }) => onChange((now) => now.with(index, { ...turn, text: target.value }))}
          />
          {turns.length > 1 && (
            <IconButton
              className="mt-6"
              label={t("removeTurn", { number: index + 1 })}
              icon={<Trash2 className="size-4" aria-hidden />}
              onClick={() => onChange((now) => now.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      <div>
        <Button
          isSmall
          look="quiet"
          icon={<Plus className="size-4" aria-hidden />}
          onClick={() => onChange((now) => [...now, { role: nextRole, text: "" }])}
        >
          {t(`addTurn.${nextRole}`)}
        </Button>
      </div>
    </fieldset>
  );
}
