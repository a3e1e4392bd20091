import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { LANGUAGES } from "../i18n/languages.ts";
import { chooseLanguage } from "../i18n/start-i18n.ts";
import { THEMES, useTheme } from "../theme/theme.ts";

/** Each language by its own name. */
const NAMES: Record<(typeof LANGUAGES)[number], string> = { en: "English", pl: "Polski" };

/** How the pages look in this browser. */
export function LookFields() {
  const { t, i18n } = useTranslation("people");
  const { theme, choose } = useTheme();
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t("look.theme")}
        value={theme}
        options={THEMES.map((value) => ({ value, text: t(`look.themes.${value}`) }))}
        onChange={({ target }) => {
          const chosen = THEMES.find((each) => each === target.value);
          if (chosen !== undefined) choose(chosen);
        }}
      />
      <SelectField
        label={t("look.language")}
        value={i18n.language}
        options={LANGUAGES.map((value) => ({ value, text: NAMES[value] }))}
        onChange={({ target }) => {
          const chosen = LANGUAGES.find((each) => each === target.value);
          if (chosen !== undefined) void chooseLanguage(chosen);
        }}
      />
      <p className="text-sm text-ink-soft">{t("look.here")}</p>
    </div>
  );
}
