import clsx from "clsx";
import { Fragment, type ReactNode } from "react";
import { useIsNarrow } from "./use-is-narrow.ts";

export interface Column<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, so that they can be compared down the column. */
  isNumber?: boolean;
  className?: string;
}

interface TableProps<Row> {
  /** What the table shows, for those who hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** On a narrow screen each row is a card that its first column heads, rather than the table scrolling sideways. */
  isCardsWhenNarrow?: boolean;
  /** Marks a row, such as one that is selected or got worse. */
  rowClass?: (row: Row) => string | undefined;
}

/** A plain table for lists that fit a screen or a few; scrolls sideways on its own where the screen is narrow. */
export function Table<Row>(props: TableProps<Row>) {
  const isNarrow = useIsNarrow();
  return props.isCardsWhenNarrow && isNarrow ? <Cards {...props} /> : <Rows {...props} />;
}

function Cards<Row>({ caption, columns: [head, ...columns], rows, rowKey, rowClass }: TableProps<Row>) {
  return (
    <ul aria-label={caption} className="flex flex-col gap-3">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className={clsx("rounded-xl border border-line bg-surface px-3.5 py-3", rowClass?.(row))}
        >
          {head?.cell(row)}
          <dl className="mt-2.5 grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] items-baseline gap-x-3 gap-y-2">
            {columns.map(({ key, title, cell }) => (
              <Fragment key={key}>
                <dt className="text-sm text-ink-soft">{title}</dt>
                <dd className="min-w-0">{cell(row)}</dd>
              </Fragment>
            ))}
          </dl>
        </li>
      ))}
    </ul>
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
              {columns.map(({ key, cell, isNumber, className }) => (
                <td
                  key={key}
                  className={clsx(
                    "px-3.5 py-2 align-top",
                    // Where there is little room the table scrolls; words are not cut to a few letters a line.
                    isNumber ? "tabular text-right whitespace-nowrap" : className === undefined && "min-w-28",
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
