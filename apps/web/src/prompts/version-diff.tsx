import { useRead } from "../api/use-api.ts";
import { Loaded } from "../components/loaded.tsx";
import { ContentDiff } from "./content-diff.tsx";

/** What changed between two versions. */
export function VersionDiff({ prompt, from, to }: { prompt: string; from: number; to: number }) {
  const before = useRead("getPromptVersion", { prompt, version: from });
  const after = useRead("getPromptVersion", { prompt, version: to });
  return (
    <Loaded from={before}>
      {(old) => (
        <Loaded from={after}>{(young) => <ContentDiff before={old.content} after={young.content} />}</Loaded>
      )}
    </Loaded>
  );
}
