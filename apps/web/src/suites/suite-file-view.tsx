import type { Suite } from "@assay/core";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { SelectField } from "../components/field.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { notify } from "../components/toast.tsx";
import { yamlOf } from "./yaml-of.ts";

/** The suite as the file that `assay eval` reads. */
export function SuiteFileView({ suite }: { suite: Suite }) {
  const { t } = useTranslation("suites");
  const [kind, setKind] = useState<"yaml" | "json">("yaml");
  const text = kind === "yaml" ? yamlOf(suite.spec) : JSON.stringify(suite.spec, null, 2);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(t("copied"));
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-ink-soft">{t("fileText", { slug: suite.slug })}</p>
      <div className="flex flex-wrap items-end gap-2">
        <SelectField
          label={t("format")}
          value={kind}
          onChange={({ target }) => setKind(target.value === "json" ? "json" : "yaml")}
          options={[
            { value: "yaml", text: "YAML" },
            { value: "json", text: "JSON" },
          ]}
        />
        <Button
          icon={<Copy className="size-4" aria-hidden />}
          onClick={() => void copy().catch(() => undefined)}
        >
          {t("copy")}
        </Button>
      </div>
      <ForeignText text={text} className="rounded-xl border border-line bg-surface p-4 font-mono text-sm" />
    </div>
  );
}
