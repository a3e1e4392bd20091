import { useTranslation } from "react-i18next";
import { lackingIn } from "./import-plan.ts";

/** What the cases of a file would lack: not wrong, and seldom meant. */
export function LackingNotice({ roles }: { roles: readonly string[] }) {
  const { t } = useTranslation("datasets");
  return (
    <div role="status">
      {lackingIn(roles).map((what) => (
        <p key={what} className="mb-1.5 rounded-lg bg-warn-soft px-3.5 py-2.5 text-warn">
          {t(`lacking.${what}`)}
        </p>
      ))}
    </div>
  );
}
