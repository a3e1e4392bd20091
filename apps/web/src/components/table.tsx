import clsx from "clsx";
import { Fragment, type ReactNode } from "react";
import { useIsNarrow } from "./use-is-narrow.ts";

export interface Column<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, so that they can be compared down the column. */
  isNumber?: boolean;
  /** A box to tick or buttons, whose title is only read out. */
  isBare?: boolean;
  /** In a card it has a line of its own below its title: fields need the room. */
  isWide?: boolean;
  className?: string;
}

interface TableProps<Row> {
  /** What the table shows, for those who hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Marks a row, such as one that is selected or got worse. */
  rowClass?: (row: Row) => string | undefined;
}

/** A plain table for lists that fit a screen or a few. On a narrow screen each row is a card of its own. */
export function Table<Row>(props: TableProps<Row>) {
  return useIsNarrow() ? <Cards {...props} /> : <Rows {...props} />;
}

/** A box to tick stands first, then what names the row; buttons stand last. */
function Cards<Row>({ caption, columns, rows, rowKey, rowClass }: TableProps<Row>) {
  const mark = columns[0]?.isBare === true ? columns[0] : undefined;
  const head = columns.find(({ isBare, isNumber }) => isBare !== true && isNumber !== true);
  const facts = columns.filter((each) => each !== head && each.isBare !== true);
  const buttons = columns.filter((each) => each !== mark && each.isBare === true);
  return (
    <ul aria-label={caption} className="flex flex-col gap-3">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className={clsx(
            // Names have no spaces to break at, and a card is all the room there is.
            "rounded-xl border border-line bg-surface px-3.5 py-3 [overflow-wrap:anywhere]",
            rowClass?.(row),
          )}
        >
          <div className="flex items-start gap-2.5">
            {mark?.cell(row)}
            <div className="min-w-0 flex-1">{head?.cell(row)}</div>
          </div>
          <dl className="mt-2.5 grid grid-cols-[fit-content(40%)_minmax(0,1fr)] items-baseline gap-x-3 gap-y-2">
            {facts.map((column) => (
              <Fact key={column.key} column={column} row={row} />
            ))}
          </dl>
          <div className="mt-2.5 empty:hidden">
            {buttons.map(({ key, cell }) => (
              <Fragment key={key}>{cell(row)}</Fragment>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A fact of a card; what a table would leave empty is left out. */
function Fact<Row>({ column: { title, cell, isNumber, isWide }, row }: { column: Column<Row>; row: Row }) {
  const shown = cell(row);
  if (shown === null || shown === undefined || shown === "" || shown === false) return null;
  return (
    <>
      <dt className={clsx("text-sm text-ink-soft", isWide && "col-span-2")}>{title}</dt>
      <dd className={clsx("min-w-0", isNumber && "tabular", isWide && "col-span-2")}>{shown}</dd>
    </>
  );
}

function Rows<Row>({ caption, columns, rows, rowKey, rowClass }: TableProps<Row>) {
  return (
    <section
      className="relative overflow-x-auto rounded-xl border border-line bg-surface"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-ink-soft">
            {columns.map(({ key, title, isNumber, className }) => (
              <th
                key={key}
                scope="col"
                className={clsx("px-3.5 py-2 font-medium", isNumber && "text-right", className)}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={clsx("border-b border-line last:border-0 hover:bg-raised/50", rowClass?.(row))}
            >
              {columns.map(({ key, cell, isNumber, isBare, className }) => (
                <td
                  key={key}
                  className={clsx(
                    "px-3.5 py-2 align-top",
                    // Where there is little room the table scrolls; words are not cut to a few letters a line.
                    isNumber && "tabular text-right whitespace-nowrap",
                    !isNumber && !isBare && className === undefined && "min-w-28",
                    className,
                  )}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
