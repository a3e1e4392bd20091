import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { withVariable } from "./schema-rows.ts";
import type { SectionProps } from "./section-props.ts";

/** Declares a variable that a message uses already, as a required text. */
export function DeclareButton({ name, change }: { name: string } & Pick<SectionProps, "change">) {
  const { t } = useTranslation("prompts");
  return (
    <Button
      isSmall
      onClick={() => change((now) => ({ ...now, schemaText: withVariable(now.schemaText, name) }))}
    >
      {t("variables.declare", { name })}
    </Button>
  );
}
