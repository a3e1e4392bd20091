import type { Case } from "@assay/core";
import { applyCaseEdit } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Loaded } from "../components/loaded.tsx";
import { showHidden } from "../i18n/show-hidden.ts";
import { caseOfForm, formOf } from "./case-form.ts";
import { CaseFormFields } from "./case-form-fields.tsx";
import { MARK_TONES } from "./case-grid-row.tsx";
import { CaseText } from "./case-text.tsx";
import { type Mark, withCase, withRemoved, withRestored } from "./draft.ts";
import { useKeptForm } from "./kept-form.ts";
import type { DraftHandle } from "./use-draft.ts";

interface CaseDrawerProps {
  at: { dataset: string; version: number; key: string };
  drafting: DraftHandle;
  canEdit: boolean;
  onClose: () => void;
}

/** One case: to read, and to change in the draft. */
export function CaseDrawer({ at, drafting, canEdit, onClose }: CaseDrawerProps) {
  const { t } = useTranslation("datasets");
  const own = drafting.draft.added.find(({ key }) => key === at.key);
  const read = useRead("getCase", at, { isEnabled: own === undefined, isLasting: true });
  const edit = drafting.draft.edits.get(at.key)?.edit;
  const isRemoved = drafting.draft.removed.has(at.key);
  if (own !== undefined)
    return <OpenCase {...{ at, drafting, canEdit, onClose }} base={undefined} now={own} mark="added" />;
  if (read.data === undefined) {
    // It is there in a moment, and a drawer that is drawn twice takes longer than one that comes whole.
    if (read.error === null)
      return (
        <p role="status" className="sr-only">
          {t("opening")}
        </p>
      );
    return (
      <Dialog isOpen onClose={onClose} title={showHidden(at.key)} shape="drawer">
        <Loaded from={read}>{() => null}</Loaded>
      </Dialog>
    );
  }
  const base = read.data.case;
  const now = edit === undefined ? base : applyCaseEdit(base, edit);
  const mark = isRemoved ? "removed" : edit === undefined ? undefined : "changed";
  return (
    <OpenCase
      {...{ at, drafting, base, now, mark, onClose }}
      canEdit={canEdit && !isRemoved}
      description={t("placeOf", { place: read.data.position + 1, version: at.version })}
      onRestore={
        canEdit && mark !== undefined
          ? () => drafting.change((draft) => withRestored(draft, [at.key]))
          : undefined
      }
    />
  );
}

interface OpenCaseProps extends CaseDrawerProps {
  base: Case | undefined;
  now: Case;
  mark: Mark | undefined;
  description?: string;
  onRestore?: (() => void) | undefined;
}

function OpenCase({
  at,
  drafting,
  canEdit,
  onClose,
  base,
  now,
  mark,
  description,
  onRestore,
}: OpenCaseProps) {
  const { t } = useTranslation("datasets");
  const { form, set, isKept, forget } = useKeptForm(at, formOf(now));
  const read = caseOfForm(form, () => false);
  const close = () => {
    if (isKept && read.ok && JSON.stringify(read.case) === JSON.stringify(now)) forget();
    onClose();
  };
  const save = () => {
    if (!read.ok) return;
    drafting.change((draft) => withCase(draft, base, read.case));
    forget();
    onClose();
  };
  const remove = () => {
    drafting.change((draft) => withRemoved(draft, [at.key]));
    forget();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={showHidden(at.key)}
      shape="drawer"
      description={
        <span className="flex items-center gap-2">
          {mark !== undefined && <Badge tone={MARK_TONES[mark]}>{t(`marks.${mark}`)}</Badge>}
          {description}
        </span>
      }
      actions={
        <>
          {onRestore !== undefined && <Button onClick={onRestore}>{t("undoChange")}</Button>}
          {canEdit && (
            <>
              <Button look="danger" onClick={remove}>
                {t("removeCase")}
              </Button>
              {isKept && <Button onClick={forget}>{t("forgetTyped")}</Button>}
              <Button look="primary" disabled={!read.ok || !isKept} onClick={save}>
                {t("keepInDraft")}
              </Button>
            </>
          )}
        </>
      }
    >
      {canEdit ? (
        <CaseFormFields form={form} onChange={set} problems={read.ok ? {} : read.problems} />
      ) : (
        <CaseText of={now} />
      )}
    </Dialog>
  );
}
