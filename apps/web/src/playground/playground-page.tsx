import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { usePromptChoices } from "../components/use-prompt-choices.ts";
import { onlySaid } from "../shell/search-value.ts";
import { NoPrompts } from "./no-prompts.tsx";
import type { PlaygroundSearch } from "./playground-search.ts";
import { Workbench } from "./workbench.tsx";

export const route = createLazyRoute("/person/t/$tenant/playground")({ component: PlaygroundPage });

/** Tries prompts before anybody depends on them. */
function PlaygroundPage() {
  const { t } = useTranslation("playground");
  const search = route.useSearch();
  const change = useSearchChange(search);
  const prompts = usePromptChoices();
  const first = prompts.data?.find(({ latestVersion }) => latestVersion !== null)?.slug;
  useEffect(() => {
    if (search.prompt === undefined && first !== undefined) change({ prompt: first });
  }, [search.prompt, first, change]);
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        <PromptField
          label={t("prompt")}
          className="min-w-52"
          value={search.prompt ?? ""}
          onChange={(prompt) => change({ prompt, columns: undefined, suite: undefined, dataset: undefined })}
        />
      }
    >
      <Loaded from={prompts}>
        {() =>
          search.prompt === undefined ? (
            first === undefined && <NoPrompts />
          ) : (
            <Workbench key={search.prompt} prompt={search.prompt} search={search} onChange={change} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Members that are undefined leave the address. */
export type SearchChange = (
  change: {
    [K in keyof PlaygroundSearch]?: PlaygroundSearch[K] | undefined;
  },
) => void;

function useSearchChange(search: PlaygroundSearch): SearchChange {
  const navigate = useNavigate();
  return (change) =>
    void navigate({ to: ".", search: onlySaid({ ...search, ...change }) as never, replace: true });
}
