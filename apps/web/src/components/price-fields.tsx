import { useTranslation } from "react-i18next";
import { TextField } from "./field.tsx";
import { textIn } from "./form-values.ts";

const MICROS = 1_000_000;

/** Left empty, a price stays unknown. */
export function PriceFields() {
  const { t } = useTranslation("models");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField name="input" label={t("inputPrice")} inputMode="decimal" hint={t("priceHint")} />
      <TextField name="output" label={t("outputPrice")} inputMode="decimal" />
    </div>
  );
}

/** What was typed in money, in integer micro-units; half a price is the server's to refuse. */
export function pricesIn(form: FormData): {
  inputMicrosPerMillion?: number;
  outputMicrosPerMillion?: number;
} {
  const input = microsIn(form, "input");
  const output = microsIn(form, "output");
  return {
    ...(input !== undefined && { inputMicrosPerMillion: input }),
    ...(output !== undefined && { outputMicrosPerMillion: output }),
  };
}

/** The same as the end of an upload's address. */
export function priceQueryIn(form: FormData): string {
  return Object.entries(pricesIn(form))
    .map(([name, micros]) => `&${name}=${micros}`)
    .join("");
}

function microsIn(form: FormData, name: string): number | undefined {
  const text = textIn(form, name);
  return text === undefined ? undefined : Math.round(Number(text.replace(",", ".")) * MICROS);
}
