import { Copy, CornerDownLeft, FilePlus2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { notify } from "../components/toast.tsx";
import { ToolCallList } from "../components/tool-call-list.tsx";
import { type Answer, isRunning } from "./answer.ts";
import { AnswerFacts } from "./answer-facts.tsx";
import { WaitingWords } from "./waiting-words.tsx";

interface AnswerViewProps {
  answer: Answer | undefined;
  onUseAnswer: (text: string) => void;
  onSaveCase: (expected: string) => void;
}

/** An answer as it comes, always as text, and what it took once it is whole. */
export function AnswerView({ answer, onUseAnswer, onSaveCase }: AnswerViewProps) {
  const { t } = useTranslation("playground");
  if (answer === undefined) return <p className="text-ink-soft">{t("notAsked")}</p>;
  const { status, text, toolCalls, error } = answer;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {status === "waiting" ? (
        <WaitingWords />
      ) : (
        <p role="status" className="text-sm text-ink-soft">
          {t(`answerStatus.${status}`)}
        </p>
      )}
      {text !== "" && (
        <div className="max-h-[32rem] overflow-y-auto rounded-lg bg-raised p-3" data-testid="answer">
          <ForeignText text={text} />
        </div>
      )}
      <ToolCallList calls={toolCalls} />
      <ErrorNotice error={error} />
      <AnswerFacts answer={answer} />
      {!isRunning(answer) && text !== "" && (
        <AnswerActions text={text} onUseAnswer={onUseAnswer} onSaveCase={onSaveCase} />
      )}
    </div>
  );
}

function AnswerActions({
  text,
  onUseAnswer,
  onSaveCase,
}: Omit<AnswerViewProps, "answer"> & { text: string }) {
  const { t } = useTranslation("playground");
  const mayEdit = useMay("edit");
  return (
    <div className="flex flex-wrap gap-1">
      <Button
        isSmall
        look="quiet"
        icon={<Copy className="size-4" aria-hidden />}
        onClick={() => void navigator.clipboard.writeText(text).then(() => notify(t("copied")))}
      >
        {t("copy")}
      </Button>
      <Button
        isSmall
        look="quiet"
        icon={<CornerDownLeft className="size-4" aria-hidden />}
        onClick={() => onUseAnswer(text)}
      >
        {t("useAsTurn")}
      </Button>
      {mayEdit && (
        <Button
          isSmall
          look="quiet"
          icon={<FilePlus2 className="size-4" aria-hidden />}
          onClick={() => onSaveCase(text)}
        >
          {t("saveAsExpected")}
        </Button>
      )}
    </div>
  );
}
