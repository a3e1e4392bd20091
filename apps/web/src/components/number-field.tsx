import { type ComponentProps, useState } from "react";
import { TextField } from "./field.tsx";

interface NumberFieldProps extends Omit<ComponentProps<typeof TextField>, "value" | "onChange"> {
  value: number | undefined;
  /** Undefined when the field was emptied; not called while what is typed is no number. */
  onChange: (value: number | undefined) => void;
  /** What is said while it is no number. */
  wrongText: string;
}

/** A number as it is typed, with either decimal sign; what is no number yet stays in the field. */
export function NumberField({ value, onChange, wrongText, ...props }: NumberFieldProps) {
  const [typed, setTyped] = useState<{ text: string; value: number | undefined }>({
    text: value === undefined ? "" : String(value),
    value,
  });
  const text = typed.value === value ? typed.text : value === undefined ? "" : String(value);
  const isWrong = text.trim() !== "" && numberIn(text) === undefined;
  return (
    <TextField
      inputMode="decimal"
      {...props}
      {...(isWrong && { error: wrongText })}
      value={text}
      onChange={({ target }) => {
        const next = numberIn(target.value);
        const isKept = target.value.trim() !== "" && next === undefined;
        setTyped({ text: target.value, value: isKept ? value : next });
        if (!isKept) onChange(next);
      }}
    />
  );
}

function numberIn(text: string): number | undefined {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(number) ? undefined : number;
}
