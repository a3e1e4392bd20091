import { type ComponentProps, useRef } from "react";
import { useTranslation } from "react-i18next";
import { SelectField } from "./field.tsx";

/** No version and no id is called so. */
const OLDER = "…";

interface PagedSelectFieldProps extends ComponentProps<typeof SelectField> {
  /** The list that the options are of, newest first. */
  of: { hasNextPage: boolean; fetchNextPage: () => unknown };
}

/** Chooses from a list that is too long to be read whole: its last option reads the next page. */
export function PagedSelectField({ of, options, onChange, ...props }: PagedSelectFieldProps) {
  const { t } = useTranslation("shell");
  const chosen = useRef(String(props.value ?? options[0]?.value ?? ""));
  return (
    <SelectField
      {...props}
      options={of.hasNextPage ? [...options, { value: OLDER, text: t("olderOnes") }] : options}
      onChange={(event) => {
        if (event.target.value === OLDER) {
          event.target.value = String(props.value ?? chosen.current);
          void of.fetchNextPage();
          return;
        }
        chosen.current = event.target.value;
        onChange?.(event);
      }}
    />
  );
}
