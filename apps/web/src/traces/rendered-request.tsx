import type { Json, TraceDetail } from "@assay/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MessageList } from "../components/message-list.tsx";

/** The chat that the version made of the request, for those who may work on the prompt. */
export function RenderedRequest({ trace }: { trace: TraceDetail }) {
  const { t } = useTranslation("traces");
  const [isShown, setShown] = useState(false);
  const mayEdit = useMay("edit");
  if (!mayEdit || trace.content === null || trace.prompt === null || trace.promptVersion === null)
    return null;
  if (!isShown) {
    return (
      <Button className="self-start" onClick={() => setShown(true)}>
        {t("showRendered")}
      </Button>
    );
  }
  return <RenderedChat trace={trace} />;
}

function RenderedChat({ trace: { id, prompt, promptVersion, content } }: { trace: TraceDetail }) {
  const { t } = useTranslation("traces");
  const tenant = useTenant().slug;
  const rendered = useQuery({
    queryKey: [tenant, "checkPrompt", id],
    queryFn: async ({ signal }) => {
      const at = { prompt: prompt ?? "", version: promptVersion ?? 1 };
      const version = await clientOf(tenant).getPromptVersion(at, { signal });
      const { variables, messages = [] } = content ?? {};
      const asked = {
        prompt: at.prompt,
        content: version.content as Json,
        variables: variables ?? {},
        messages,
      };
      return await clientOf(tenant).checkPrompt(asked, { signal });
    },
  });
  return (
    <section>
      <h3 className="font-semibold">{t("rendered")}</h3>
      <p className="mb-1.5 text-sm text-ink-soft">{t("renderedText")}</p>
      <Loaded from={rendered}>
        {({ rendered: messages, renderingProblem }) =>
          messages === null ? <p>{renderingProblem?.message}</p> : <MessageList messages={messages} />
        }
      </Loaded>
    </section>
  );
}
