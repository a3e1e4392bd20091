import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Under a list of `useList`: the next page, while there is one. */
export function MoreButton({ of }: { of: Pages }) {
  const { t } = useTranslation("shell");
  if (!of.hasNextPage) return null;
  return (
    <div className="flex justify-center">
      <Button isBusy={of.isFetchingNextPage} onClick={() => of.fetchNextPage()}>
        {t("showMore")}
      </Button>
    </div>
  );
}
