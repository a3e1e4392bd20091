import type { CallInput } from "@assay/client";
import { ClientError } from "@assay/client";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { notify } from "../components/toast.tsx";

/** Moves a label back and says so; a refusal is said as well, for there may be no place left that would show it. */
export function useRollback(): (input: CallInput<"rollbackLabel">) => Promise<void> {
  const { t } = useTranslation("promotion");
  const { mutateAsync } = useWrite("rollbackLabel", CHANGED_BY_MOVE);
  return async (input) => {
    try {
      const { version } = await mutateAsync(input);
      notify(t("rollback.done", { label: input.label, version }));
    } catch (error) {
      notify(error instanceof ClientError ? error.message : t("rollback.failed"));
    }
  };
}
