import type { Locator, Page } from "playwright-core";

/** More than this to the next control is no way that anybody finds. */
const TABS_MAX = 60;

/**
 * Somebody without a mouse. Each method is one deliberate step and is written down; how often Tab was pressed on the way
 * to it is written beside it.
 */
export class KeyboardPerson {
  readonly actions: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys that mean something wherever one is. */
  async press(keys: string, meaning: string): Promise<void> {
    await this.#page.keyboard.press(keys);
    this.#note(`presses ${keys}: ${meaning}`, 0);
  }

  /** Writes a text in place of what the field holds. */
  async fill(field: Locator, name: string, text: string): Promise<void> {
    const tabs = await this.#reach(field);
    await this.#page.keyboard.press("Control+A");
    await this.#page.keyboard.type(text);
    this.#note(`fills “${name}”`, tabs);
  }

  /** Presses a button or follows a link. */
  async activate(control: Locator): Promise<void> {
    await control.waitFor();
    const name = (await control.innerText()).trim();
    const tabs = await this.#reach(control);
    await this.#page.keyboard.press("Enter");
    this.#note(`presses “${name}”`, tabs);
  }

  /** Goes somewhere by the command palette. */
  async choose(name: string): Promise<void> {
    await this.#page.keyboard.press("Control+K");
    await this.#page.getByRole("combobox").and(this.#page.locator(":focus")).waitFor();
    await this.#page.keyboard.type(name);
    await this.#page.getByRole("option", { name, exact: true, selected: true }).waitFor();
    await this.#page.keyboard.press("Enter");
    this.#note(`chooses “${name}” from the palette`, 0);
  }

  /** Goes on with Tab until the control has the focus; answers how often. */
  async #reach(control: Locator): Promise<number> {
    await control.and(this.#page.locator(":not(:disabled)")).waitFor();
    for (let tabs = 0; tabs <= TABS_MAX; tabs += 1) {
      // One look at the page: an editor may be taking a plain field's place.
      if ((await control.and(this.#page.locator(":focus")).count()) > 0) return tabs;
      await this.#page.keyboard.press("Tab");
    }
    throw new Error(`Not reached with ${TABS_MAX} × Tab: ${control}`);
  }

  #note(action: string, tabs: number): void {
    const way = tabs === 0 ? "" : ` (${tabs} × Tab)`;
    this.actions.push(`${this.actions.length + 1}. ${action}${way}`);
  }
}
