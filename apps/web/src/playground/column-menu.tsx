import { Copy, EllipsisVertical, FileInput, PencilLine, Save, Trash2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { IconButton } from "../components/button.tsx";
import { Menu, type MenuItem } from "../components/menu.tsx";
import type { Column } from "./column.ts";
import { columnName } from "./column-name.ts";

interface ColumnMenuProps {
  column: Column;
  /** Undefined where it cannot be done now. */
  onEdit: (() => void) | undefined;
  onTakeDraft: (() => void) | undefined;
  onSave: (() => void) | undefined;
  onReset: (() => void) | undefined;
  onCopy: () => void;
  onRemove: (() => void) | undefined;
}

export function ColumnMenu({
  column,
  onEdit,
  onTakeDraft,
  onSave,
  onReset,
  onCopy,
  onRemove,
}: ColumnMenuProps) {
  const { t } = useTranslation("playground");
  const mayEdit = useMay("edit");
  const icon = "size-4";
  const wanted: [action: (() => void) | undefined, item: Omit<MenuItem, "onSelect">][] = [
    [
      mayEdit ? onEdit : undefined,
      { text: t("editText"), icon: <PencilLine className={icon} aria-hidden /> },
    ],
    [onTakeDraft, { text: t("takeDraft"), icon: <FileInput className={icon} aria-hidden /> }],
    [mayEdit ? onSave : undefined, { text: t("saveVersion"), icon: <Save className={icon} aria-hidden /> }],
    [onReset, { text: t("resetColumn"), icon: <Undo2 className={icon} aria-hidden /> }],
    [onCopy, { text: t("copyColumn"), icon: <Copy className={icon} aria-hidden /> }],
    [onRemove, { text: t("removeColumn"), icon: <Trash2 className={icon} aria-hidden />, isDanger: true }],
  ];
  return (
    <Menu
      label={t("columnMenu", { column: columnName(column, t) })}
      trigger={
        <IconButton
          label={t("columnMenu", { column: columnName(column, t) })}
          icon={<EllipsisVertical className={icon} aria-hidden />}
        />
      }
      items={wanted.flatMap(([onSelect, item]) => (onSelect === undefined ? [] : [{ ...item, onSelect }]))}
    />
  );
}
