const MESSAGE_LENGTH_MAX = 300;

/** What keys look like: vendor prefixes, authorization values, masked keys, and any long run with a digit in it. */
const KEY_SHAPES = [
  /\b(?:bearer|basic)\s+\S+/gi,
  /\b(?:sk|pk|rk|gsk|xai|key|api|ask|sess|proj)[-_][\w*.-]{6,}/gi,
  /\b(?:api[-_ ]?key|authorization|token|secret|password)["']?\s*[:=]\s*\S+/gi,
  /[\w-]*\*{3,}[\w-]*/g,
  /\b(?=[\w+/=-]*\d)[\w+/=-]{24,}/g,
];

/**
 * A provider's message made fit to show: one line, at most 300 characters, without the connection's secret and
 * without anything that is shaped like a credential. Scrubbed before it is cut, so that no cut leaves half a key.
 */
export function scrubbedMessage(text: string, secret: string | undefined): string {
  const withoutSecret = secret ? text.replaceAll(secret, "[removed]") : text;
  // Bounded before the shapes look at it: a provider's body can be megabytes.
  let message = withoutSecret.slice(0, MESSAGE_LENGTH_MAX * 10);
  for (const shape of KEY_SHAPES) message = message.replace(shape, "[removed]");
  message = message.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return message.length > MESSAGE_LENGTH_MAX ? `${message.slice(0, MESSAGE_LENGTH_MAX - 1)}…` : message;
}
