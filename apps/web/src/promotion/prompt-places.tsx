import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { PlaceLink } from "../components/place-link.tsx";

const PLACES = ["promote", "history", "gates"] as const;

/** The ways between what is about a prompt's labels: promotion, history, gates. */
export function PromptPlaces({
  prompt,
  label,
  open,
}: {
  prompt: string;
  label: string | undefined;
  open: (typeof PLACES)[number];
}) {
  const { t } = useTranslation("promotion");
  return (
    <nav aria-label={t("places.label")} className="flex flex-wrap gap-2">
      {PLACES.filter((place) => place !== open).map((place) => (
        <PlaceLink
          key={place}
          path={`/prompts/${prompt}/${place}`}
          search={label === undefined ? {} : { label }}
          className={buttonClass("plain")}
        >
          {t(`places.${place}`)}
        </PlaceLink>
      ))}
    </nav>
  );
}
