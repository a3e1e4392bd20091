import type { Person } from "@assay/core";
import { KeyRound, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Table } from "../components/table.tsx";
import { ResetByEmailDialog } from "./reset-by-email-dialog.tsx";
import { useOperatorList, useOperatorWrite } from "./use-operator-api.ts";

export function OperatorsTab() {
  const { t } = useTranslation("operator");
  const [open, setOpen] = useState<"add" | "reset" | null>(null);
  const close = () => setOpen(null);
  const people = useOperatorList("listOperators", {});
  const add = useOperatorWrite("addOperator");
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-ink-soft">{t("peopleText")}</p>
        <div className="flex flex-wrap gap-2">
          <Button icon={<KeyRound className="size-4" aria-hidden />} onClick={() => setOpen("reset")}>
            {t("makeReset")}
          </Button>
          <Button
            look="primary"
            icon={<UserPlus className="size-4" aria-hidden />}
            onClick={() => setOpen("add")}
          >
            {t("addOperator")}
          </Button>
        </div>
      </div>
      <Loaded from={people}>{(rows) => <OperatorsTable rows={rows} />}</Loaded>
      <MoreButton of={people} />
      {open === "reset" && <ResetByEmailDialog onClose={close} />}
      {open === "add" && (
        <FormDialog
          isOpen
          onClose={close}
          title={t("addOperator")}
          description={t("addOperatorText")}
          submitText={t("add")}
          onSubmit={async (form) => {
            await add.mutateAsync({ email: textIn(form, "email") ?? "" });
            close();
          }}
        >
          <TextField name="email" type="email" label={t("email")} required />
        </FormDialog>
      )}
    </div>
  );
}

function OperatorsTable({ rows }: { rows: readonly Person[] }) {
  const { t } = useTranslation("operator");
  const { user } = useSession();
  const remove = useOperatorWrite("removeOperator");
  return (
    <Table
      caption={t("tabs.people")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "name",
          title: t("personName"),
          cell: ({ id, name }) => (
            <span className="flex flex-wrap gap-2 font-medium">
              <Bdi>{name}</Bdi>
              {id === user.id && <Badge>{t("you")}</Badge>}
            </span>
          ),
        },
        { key: "email", title: t("email"), cell: ({ email }) => <Bdi>{email}</Bdi> },
        {
          key: "remove",
          title: <span className="sr-only">{t("removeOperator")}</span>,
          isBare: true,
          cell: ({ id, name }) =>
            // Nobody locks themselves out by a slip.
            id !== user.id && (
              <ConfirmButton
                isSmall
                text={t("removeOperator")}
                confirmText={t("removeOperator")}
                question={t("removeOperatorText", { name })}
                onConfirm={() => remove.mutateAsync({ userId: id })}
              />
            ),
        },
      ]}
    />
  );
}
