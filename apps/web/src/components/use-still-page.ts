import { useLayoutEffect } from "react";

let holders = 0;

/** The page behind does not scroll, nor move where its scroll bar was, as long as somebody asks for it. */
export function useStillPage(): void {
  useLayoutEffect(() => {
    const { body, documentElement } = document;
    holders += 1;
    if (holders === 1) {
      // What a menu or the palette that closes has put in the bar's place is gone in a moment.
      const placePx = Number.parseFloat(getComputedStyle(body).marginRight);
      const barPx = window.innerWidth - documentElement.clientWidth + placePx;
      body.style.overflow = "hidden";
      if (barPx > 0) body.style.marginRight = `${barPx}px`;
    }
    return () => {
      holders -= 1;
      if (holders > 0) return;
      body.style.overflow = "";
      body.style.marginRight = "";
    };
  }, []);
}
