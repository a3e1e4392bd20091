import type { Suite, SuiteSpec } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextArea } from "../components/field.tsx";
import { notify } from "../components/toast.tsx";
import { useKeptText } from "../components/use-kept-text.ts";
import { SpecForm } from "./spec-form.tsx";
import { specIn } from "./spec-in.ts";

/** A suite as a form or as JSON; what is typed is kept in this browser until it is saved or discarded. */
export function SuiteEditor({ suite, onSaved }: { suite: Suite; onSaved: () => void }) {
  const { t } = useTranslation("suites");
  const stored = JSON.stringify(suite.spec, null, 2);
  const [kept, setKept] = useKeptText(`suite.${suite.slug}`);
  const [isJson, setJson] = useState(false);
  const put = useWrite("putSuite", ["getSuite", "listSuites", "listSuiteVersions", "listJudges", "planRun"]);
  const text = kept === "" ? stored : kept;
  const spec = specIn(text);
  const setSpec = (next: SuiteSpec) => setKept(JSON.stringify(next, null, 2));
  const save = async () => {
    if (spec === undefined) return;
    const saved = await put.mutateAsync({ suite: suite.slug, ...spec });
    setKept("");
    notify(saved.version === suite.version ? t("nothingChanged") : t("savedAs", { version: saved.version }));
    onSaved();
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setJson(!isJson)} disabled={isJson && spec === undefined}>
          {isJson ? t("editAsForm") : t("editAsJson")}
        </Button>
      </div>
      {isJson || spec === undefined ? (
        <TextArea
          label={t("suiteAsJson")}
          className="font-mono"
          rows={24}
          spellCheck={false}
          error={spec === undefined ? t("noSuiteJson") : undefined}
          value={text}
          onChange={({ target }) => setKept(target.value)}
        />
      ) : (
        <SpecForm spec={spec} onChange={setSpec} />
      )}
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-3 border-t border-line bg-canvas px-1 py-3">
        <Button
          look="primary"
          isBusy={put.isPending}
          disabled={spec === undefined || kept === ""}
          onClick={() => void save().catch(() => undefined)}
        >
          {t("save", { version: suite.version + 1 })}
        </Button>
        <Button disabled={kept === ""} onClick={() => setKept("")}>
          {t("discard")}
        </Button>
        <p role="status" className="text-sm text-ink-soft">
          {kept === "" ? t("noChanges") : t("unsaved")}
        </p>
        <div className="basis-full">
          <ErrorNotice error={put.error} />
        </div>
      </div>
    </div>
  );
}
