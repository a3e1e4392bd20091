import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { initialLanguage, type Language, rememberLanguage } from "./languages.ts";
import { showHidden } from "./show-hidden.ts";

type Messages = Record<string, unknown>;

/** One file per folder and language; a folder's texts are loaded with its first page. */
const files = import.meta.glob<Messages>("../*/messages.*.json", { import: "default" });

async function readMessages(language: string, namespace: string): Promise<Messages> {
  const load = files[`../${namespace}/messages.${language}.json`];
  if (load === undefined) throw new Error(`no texts of "${namespace}" in "${language}"`);
  return await load();
}

/** Texts are looked up as `useTranslation("<folder>")`; those of the frame live in `shell`. */
export async function startI18n(): Promise<void> {
  const language = initialLanguage();
  document.documentElement.lang = language;
  await i18next
    .use({
      type: "backend" as const,
      read: (tag: string, namespace: string, done: (error: unknown, data: Messages | null) => void) => {
        readMessages(tag, namespace).then(
          (messages) => done(null, messages),
          (error: unknown) => done(error, null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      parseMissingKeyHandler: missingText,
      ns: ["shell"],
      defaultNS: "shell",
      // React escapes markup already; names hide nothing within a sentence either.
      interpolation: { escape: showHidden },
      react: { useSuspense: true },
    });
}

/** The compiler does not know a wrong key: it goes to the console, where the tests of pages look for faults. */
function missingText(key: string, otherwise?: string): string {
  // biome-ignore lint/suspicious/noConsole: nobody else listens in a browser
  if (otherwise === undefined) console.error(`There is no text "${key}".`);
  return otherwise ?? key;
}

export async function chooseLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
