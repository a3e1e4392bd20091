import { type ComponentProps, useEffect, useState } from "react";
import { TextField } from "./field.tsx";

interface FilterFieldProps extends Omit<ComponentProps<typeof TextField>, "value" | "onChange"> {
  /** As the address has it. */
  value: string;
  onCommit: (value: string) => void;
}

/** A filter that is written: it takes effect at Enter or when it is left, not at every key. */
export function FilterField({ value, onCommit, ...props }: FilterFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => {
    if (typed.trim() !== value) onCommit(typed.trim());
  };
  return (
    <TextField
      {...props}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
