/** What a text field holds, or nothing when it was left empty. */
export function textIn(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Names separated by commas or spaces, or nothing when there are none. */
export function namesIn(form: FormData, name: string): string[] | undefined {
  const names = (textIn(form, name) ?? "").split(/[\s,]+/).filter((each) => each !== "");
  return names.length === 0 ? undefined : names;
}
