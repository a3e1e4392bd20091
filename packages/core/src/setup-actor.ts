/** Stands for a key's or an operator's id in what the first start sets up by itself. No key and no operator has it. */
export const SETUP_ID = "starter";

/** Was it the setup of the first start? There is no key and no person then who could be named. */
export function isSetup(actor: string): boolean {
  return actor === `key:${SETUP_ID}` || actor === `operator:${SETUP_ID}`;
}
