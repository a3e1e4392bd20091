import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";
import { showHidden } from "../i18n/show-hidden.ts";

const CONTROL =
  "w-full rounded-lg border border-line-strong/70 bg-surface px-3 py-1.5 text-ink placeholder:text-ink-soft disabled:opacity-60 aria-invalid:border-bad";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** Why the value cannot stay; read out with the control. */
  error?: string | undefined;
  /** The label is read out but not shown, where a heading beside it says the same. */
  isLabelHidden?: boolean;
  className?: string;
}

interface FrameProps extends FieldProps {
  children: (ids: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A control with its label, hint and error tied together. */
export function Field({ label, hint, error, isLabelHidden = false, className, children }: FrameProps) {
  const id = useId();
  return (
    <div className={clsx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-hint`, "aria-invalid": error !== undefined })}
      <div id={`${id}-hint`} className="text-sm">
        {error !== undefined && <p className="text-bad">{error}</p>}
        {hint !== undefined && <p className="text-ink-soft">{hint}</p>}
      </div>
    </div>
  );
}

type Own = keyof FieldProps;

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  ...props
}: FieldProps & Omit<ComponentProps<"input">, Own>) {
  return (
    <Field
      {...{ label, hint, isLabelHidden: isLabelHidden ?? false }}
      {...(error !== undefined && { error })}
      {...(className !== undefined && { className })}
    >
      {(ids) => <input className={CONTROL} {...props} {...ids} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  ...props
}: FieldProps & Omit<ComponentProps<"textarea">, Own>) {
  return (
    <Field
      {...{ label, hint, isLabelHidden: isLabelHidden ?? false }}
      {...(error !== undefined && { error })}
      {...(className !== undefined && { className })}
    >
      {(ids) => <textarea className={clsx(CONTROL, "min-h-20")} {...props} {...ids} />}
    </Field>
  );
}

interface SelectProps extends FieldProps, Omit<ComponentProps<"select">, Own> {
  options: readonly { value: string; text: string }[];
}

/** The browser's own list: known to every keyboard and screen reader. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  options,
  ...props
}: SelectProps) {
  return (
    <Field
      {...{ label, hint, isLabelHidden: isLabelHidden ?? false }}
      {...(error !== undefined && { error })}
      {...(className !== undefined && { className })}
    >
      {(ids) => (
        <select className={clsx(CONTROL, "h-9.5")} {...props} {...ids}>
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {showHidden(text)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  hint,
  ...props
}: { label: string; hint?: string } & Omit<ComponentProps<"input">, "type">) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        type="checkbox"
        id={id}
        className="mt-1 size-4 accent-accent"
        aria-describedby={`${id}-hint`}
        {...props}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      </div>
    </div>
  );
}
