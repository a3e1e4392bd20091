import type { LabelMove } from "@assay/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { RollbackDialog } from "../components/rollback-dialog.tsx";
import { stepBackAmong } from "../components/rollback-targets.ts";

interface AskedRollbackProps {
  prompt: string;
  label: string;
  moves: readonly LabelMove[];
  present: number | null;
}

/** The rollback that the address asks for, as a link from elsewhere does; nobody but the person carries it out. */
export function AskedRollback({ prompt, label, moves, present }: AskedRollbackProps) {
  const { t } = useTranslation("promotion");
  const navigate = useNavigate();
  const { rollback, ...rest } = useSearch({ from: "/person/t/$tenant/prompts/$prompt/history" });
  const mayPromote = useMay("promote");
  if (rollback !== true) return null;
  const version = stepBackAmong(moves, present);
  if (!mayPromote || version === undefined) {
    const why = mayPromote ? "rollback.nothing" : "rollback.mayNot";
    return (
      <p role="status" className="rounded-lg bg-info-soft px-3.5 py-2 text-info">
        <Bdi>{t(why, { label })}</Bdi>
      </p>
    );
  }
  const close = () => void navigate({ to: ".", search: rest, replace: true });
  return <RollbackDialog {...{ prompt, label, version, present }} isOpen onClose={close} />;
}
