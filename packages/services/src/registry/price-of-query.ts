import { AppError, type LocalModelQuery, type Price } from "@assay/core";

/**
 * The price that an upload's query names; null where it names none.
 * @throws AppError `invalid_input` for half a price
 */
export function priceOfQuery(query: LocalModelQuery): Price | null {
  const { inputMicrosPerMillion, outputMicrosPerMillion } = query;
  if (inputMicrosPerMillion === undefined && outputMicrosPerMillion === undefined) return null;
  if (inputMicrosPerMillion === undefined || outputMicrosPerMillion === undefined) {
    const message = "Give both inputMicrosPerMillion and outputMicrosPerMillion, or neither.";
    throw new AppError("invalid_input", message);
  }
  return { inputMicrosPerMillion, outputMicrosPerMillion };
}
