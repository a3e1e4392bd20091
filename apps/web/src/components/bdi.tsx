import { Children, type ComponentProps } from "react";
import { showHidden } from "../i18n/show-hidden.ts";

/** A name or sentence that somebody else wrote, within a line: it turns nothing around it, and hides nothing. */
export function Bdi({ children, title, ...rest }: ComponentProps<"bdi">) {
  return (
    <bdi title={title === undefined ? undefined : showHidden(title)} {...rest}>
      {typeof children === "string"
        ? showHidden(children)
        : Children.map(children, (each) => (typeof each === "string" ? showHidden(each) : each))}
    </bdi>
  );
}
