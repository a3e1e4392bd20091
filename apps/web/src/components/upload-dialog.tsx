import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "../api/upload-file.ts";
import { useFormat } from "../i18n/format.ts";
import { Field, TextField } from "./field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { textIn } from "./form-values.ts";
import { SlugField } from "./slug-field.tsx";

interface UploadDialogProps {
  title: string;
  text: string;
  /** Of the field whose text `pathOf` gets. */
  nameLabel: string;
  /** It is free text then, and else a name. */
  isNameOptional?: boolean;
  pathOf: (name: string, form: FormData) => string;
  /** Whose file it is; undefined for one of the platform's. */
  tenant: string | undefined;
  /** Which answers are read again afterwards. */
  changes: readonly QueryKey[];
  onClose: () => void;
  /** Further fields. */
  children?: ReactNode;
}

/** A GGUF file on its way to the server, which reads its header before it keeps it. */
export function UploadDialog({
  title,
  text,
  nameLabel,
  isNameOptional = false,
  pathOf,
  tenant,
  changes,
  onClose,
  children,
}: UploadDialogProps) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const queries = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const submit = async (form: FormData) => {
    const file = form.get("file");
    if (!(file instanceof File)) return;
    try {
      await uploadFile({
        tenant,
        path: pathOf(textIn(form, "name") ?? "", form),
        file,
        onProgress: setShare,
      });
    } finally {
      setShare(null);
    }
    await Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey })));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={title}
      description={text}
      submitText={t("upload")}
      onSubmit={submit}
    >
      {isNameOptional ? (
        <TextField name="name" label={nameLabel} />
      ) : (
        <SlugField name="name" label={nameLabel} />
      )}
      <Field label={t("file")} hint={t("fileHint")}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            name="file"
            accept=".gguf"
            required
            className="rounded-lg border border-line-strong/70 p-2 file:mr-3 file:rounded-md file:border-0 file:bg-raised file:px-3 file:py-1 file:text-ink"
          />
        )}
      </Field>
      {children}
      {share !== null && (
        <div role="status" className="flex flex-col gap-1 text-sm">
          <progress value={share} className="h-2 w-full accent-accent" aria-label={t("uploading")} />
          {share < 1 ? `${t("uploading")} ${format.percent(share, 0)}` : t("checking")}
        </div>
      )}
    </FormDialog>
  );
}
