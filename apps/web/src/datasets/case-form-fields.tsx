import { LIMITS } from "@assay/core/plain";
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/button.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../components/field.tsx";
import { CASE_ROLES, type CaseForm, type FormProblems, type TextValue } from "./case-form.ts";

interface CaseFormFieldsProps {
  form: CaseForm;
  onChange: (form: CaseForm) => void;
  problems: FormProblems;
  isNew?: boolean;
}

export function CaseFormFields({ form, onChange, problems, isNew = false }: CaseFormFieldsProps) {
  const { t } = useTranslation("datasets");
  const problem = useProblem(problems);
  return (
    <div className="flex flex-col gap-5">
      {isNew && (
        <TextField
          label={t("columns.key")}
          hint={t("keyHint")}
          error={problem("key")}
          maxLength={LIMITS.caseKeyLengthMax}
          value={form.key}
          onChange={({ target }) => onChange({ ...form, key: target.value })}
        />
      )}
      <MessageFields {...{ form, onChange, problems }} />
      <VariableFields {...{ form, onChange, problems }} />
      {problem("input") !== undefined && <p className="text-sm text-bad">{problem("input")}</p>}
      <ExpectedField {...{ form, onChange, problems }} />
      <TextField
        label={t("columns.tags")}
        hint={t("tagsHint")}
        error={problem("tags")}
        value={form.tags}
        onChange={({ target }) => onChange({ ...form, tags: target.value })}
      />
      <TextField
        label={t("columns.group")}
        hint={t("groupText")}
        error={problem("group")}
        value={form.group}
        onChange={({ target }) => onChange({ ...form, group: target.value })}
      />
    </div>
  );
}

function useProblem(problems: FormProblems): (field: string) => string | undefined {
  const { t } = useTranslation("datasets");
  return (field) => (problems[field] === undefined ? undefined : t(`problems.${problems[field]}`));
}

function FieldGroup({
  title,
  onAdd,
  addText,
  children,
}: {
  title: string;
  onAdd: () => void;
  addText: string;
  children: ReactNode;
}) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{title}</legend>
      {children}
      <div>
        <Button isSmall icon={<Plus className="size-4" aria-hidden />} onClick={onAdd}>
          {addText}
        </Button>
      </div>
    </fieldset>
  );
}

/** The list with another item in a place, or without it. */
function replaced<T>(list: readonly T[], index: number, item: T | undefined): T[] {
  return list.flatMap((each, at) => (at !== index ? [each] : item === undefined ? [] : [item]));
}

function MessageFields({ form, onChange, problems }: CaseFormFieldsProps) {
  const { t } = useTranslation("datasets");
  const problem = useProblem(problems);
  const set = (index: number, item: CaseForm["messages"][number] | undefined) =>
    onChange({ ...form, messages: replaced(form.messages, index, item) });
  const add = () => {
    const role = form.messages.at(-1)?.role === "user" ? "assistant" : "user";
    onChange({
      ...form,
      messages: [...form.messages, { role, content: { text: "", isJson: false }, rest: {} }],
    });
  };
  return (
    <FieldGroup title={t("messages")} addText={t("addMessage")} onAdd={add}>
      {form.messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no names, and stay in their places
        <div key={index} className="flex flex-col gap-1.5 rounded-lg border border-line p-3">
          <div className="flex items-end justify-between gap-2">
            <SelectField
              label={t("role")}
              isLabelHidden
              value={message.role}
              onChange={({ target }) => set(index, { ...message, role: target.value })}
              options={[...new Set([...CASE_ROLES, message.role])].map((role) => ({
                value: role,
                text: role,
              }))}
            />
            <IconButton
              label={t("removeMessage", { number: index + 1 })}
              icon={<Trash2 className="size-4" aria-hidden />}
              onClick={() => set(index, undefined)}
            />
          </div>
          <TextArea
            label={t("messageText", { number: index + 1 })}
            isLabelHidden
            error={problem(`messages.${index}`)}
            className={message.content.isJson ? "font-mono text-sm" : ""}
            value={message.content.text}
            onChange={({ target }) =>
              set(index, { ...message, content: { ...message.content, text: target.value } })
            }
          />
          {Object.keys(message.rest).length > 0 && (
            <p className="text-sm text-ink-soft">
              {t("messageRest", { names: Object.keys(message.rest).join(", ") })}
            </p>
          )}
        </div>
      ))}
    </FieldGroup>
  );
}

function VariableFields({ form, onChange, problems }: CaseFormFieldsProps) {
  const { t } = useTranslation("datasets");
  const problem = useProblem(problems);
  const set = (index: number, item: CaseForm["variables"][number] | undefined) =>
    onChange({ ...form, variables: replaced(form.variables, index, item) });
  const add = () =>
    onChange({ ...form, variables: [...form.variables, { name: "", value: { text: "", isJson: false } }] });
  return (
    <FieldGroup title={t("variables")} addText={t("addVariable")} onAdd={add}>
      {form.variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names are being typed, and places stay
        <div key={index} className="flex flex-col gap-1.5 rounded-lg border border-line p-3">
          <div className="flex items-end gap-2">
            <TextField
              label={t("variableName")}
              className="flex-1"
              value={variable.name}
              error={problem(`variables.${index}`)}
              onChange={({ target }) => set(index, { ...variable, name: target.value })}
            />
            <IconButton
              label={t("removeVariable", { name: variable.name })}
              icon={<Trash2 className="size-4" aria-hidden />}
              onClick={() => set(index, undefined)}
            />
          </div>
          <ValueField
            label={t("valueOf", { name: variable.name })}
            value={variable.value}
            onChange={(value) => set(index, { ...variable, value })}
          />
        </div>
      ))}
    </FieldGroup>
  );
}

function ExpectedField({ form, onChange, problems }: CaseFormFieldsProps) {
  const { t } = useTranslation("datasets");
  const problem = useProblem(problems);
  if (form.expected === undefined) {
    return (
      <FieldGroup
        title={t("columns.expected")}
        addText={t("addExpected")}
        onAdd={() => onChange({ ...form, expected: { text: "", isJson: false } })}
      >
        <p className="text-sm text-ink-soft">{t("nothingExpected")}</p>
      </FieldGroup>
    );
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-semibold">{t("columns.expected")}</legend>
      <ValueField
        label={t("columns.expected")}
        value={form.expected}
        error={problem("expected")}
        onChange={(expected) => onChange({ ...form, expected })}
      />
      <div>
        <Button isSmall look="quiet" onClick={() => onChange({ ...form, expected: undefined })}>
          {t("expectNothing")}
        </Button>
      </div>
    </fieldset>
  );
}

interface ValueFieldProps {
  label: string;
  value: TextValue;
  onChange: (value: TextValue) => void;
  error?: string | undefined;
}

function ValueField({ label, value, onChange, error }: ValueFieldProps) {
  const { t } = useTranslation("datasets");
  return (
    <>
      <TextArea
        label={label}
        isLabelHidden
        error={error}
        className={value.isJson ? "font-mono text-sm" : ""}
        value={value.text}
        spellCheck={!value.isJson}
        onChange={({ target }) => onChange({ ...value, text: target.value })}
      />
      <CheckField
        label={t("isJson")}
        checked={value.isJson}
        onChange={({ target }) => onChange({ ...value, isJson: target.checked })}
      />
    </>
  );
}
