import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { caseOfForm, EMPTY_FORM } from "./case-form.ts";
import { CaseFormFields } from "./case-form-fields.tsx";
import { withCase } from "./draft.ts";
import { useKeptForm } from "./kept-form.ts";
import type { DraftHandle } from "./use-draft.ts";

interface NewCaseDrawerProps {
  dataset: string;
  drafting: DraftHandle;
  onClose: () => void;
}

/** A new case; whether its key is free in the version is seen when the draft is published. */
export function NewCaseDrawer({ dataset, drafting, onClose }: NewCaseDrawerProps) {
  const { t } = useTranslation("datasets");
  const { form, set, isKept, forget } = useKeptForm({ dataset, key: null }, EMPTY_FORM);
  const [isTried, setTried] = useState(false);
  const { draft } = drafting;
  const read = caseOfForm(
    form,
    (key) => draft.edits.has(key) || draft.added.some((each) => each.key === key),
  );
  const save = () => {
    setTried(true);
    if (!read.ok) return;
    drafting.change((now) => withCase(now, undefined, read.case));
    forget();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("addCase")}
      description={t("addCaseText")}
      shape="drawer"
      actions={
        <>
          {isKept && <Button onClick={forget}>{t("forgetTyped")}</Button>}
          <Button look="primary" onClick={save}>
            {t("keepInDraft")}
          </Button>
        </>
      }
    >
      <CaseFormFields form={form} onChange={set} problems={isTried && !read.ok ? read.problems : {}} isNew />
    </Dialog>
  );
}
