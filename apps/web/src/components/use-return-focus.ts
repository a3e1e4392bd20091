import { useState } from "react";

/** Gives the focus back to what had it before: of a menu's item, which is gone by then, to the button of the menu. */
export function useReturnFocus(): () => void {
  const [opener] = useState(openerNow);
  return () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
}

function openerNow(): Element | null {
  const { activeElement } = document;
  const buttonId = activeElement?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return (buttonId && document.getElementById(buttonId)) || activeElement;
}
