import type { TraceDetail } from "@assay/core";
import { Link } from "@tanstack/react-router";
import { FlaskConical, FolderInput } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Loaded } from "../components/loaded.tsx";
import { FeedbackList } from "./feedback-list.tsx";
import { RenderedRequest } from "./rendered-request.tsx";
import { TraceFacts } from "./trace-facts.tsx";
import { TraceTexts } from "./trace-texts.tsx";

interface TraceDrawerProps {
  traceId: string;
  onClose: () => void;
  onAddCase: (traceId: string) => void;
}

/** One request: what was asked and answered where that is kept, what it took, and what people thought of it. */
export function TraceDrawer({ traceId, onClose, onAddCase }: TraceDrawerProps) {
  const { t } = useTranslation("traces");
  const trace = useRead("getTrace", { traceId });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="drawer"
      title={t("request")}
      description={<code className="text-xs break-all">{traceId}</code>}
      actions={trace.data && <TraceActions trace={trace.data} onAddCase={onAddCase} />}
    >
      <Loaded from={trace}>
        {(detail) => (
          <div className="flex flex-col gap-6">
            <TraceFacts trace={detail} />
            <TraceTexts trace={detail} />
            <RenderedRequest trace={detail} />
            <FeedbackList traceId={traceId} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function TraceActions({ trace, onAddCase }: { trace: TraceDetail; onAddCase: (id: string) => void }) {
  const { t } = useTranslation("traces");
  const { slug } = useTenant();
  const mayEdit = useMay("edit");
  const { id, prompt, content } = trace;
  return (
    <>
      {mayEdit && (
        <Button
          icon={<FolderInput className="size-4" aria-hidden />}
          disabled={content === null}
          title={content === null ? t("textsNotKept") : undefined}
          onClick={() => onAddCase(id)}
        >
          {t("addOneToDataset")}
        </Button>
      )}
      {prompt !== null && (
        <Link
          to={`/t/${slug}/playground` as "/"}
          search={searchFor(trace) as never}
          className={buttonClass("primary")}
        >
          <FlaskConical className="size-4" aria-hidden />
          {t("openInPlayground")}
        </Link>
      )}
    </>
  );
}

/** The version that answered, beside what is in production now; and what was asked, where that is kept. */
function searchFor({ id, prompt, promptVersion, content }: TraceDetail) {
  return {
    prompt,
    columns: promptVersion === null ? "production" : `${promptVersion},production`,
    ...(content !== null && { trace: id }),
  };
}
