import type { NewLogin } from "@assay/services";

/** Keys and a log-in that were made at this start; they are printed this once and kept nowhere. */
export interface Credentials {
  operator: string | undefined;
  tenants: { slug: string; key: string }[];
  login: NewLogin | undefined;
}

/** What a person sees once the server is ready. */
export function greeting(url: string, { operator, tenants, login }: Credentials): string {
  const keys = [
    ...tenants.map(({ slug, key }) => [`${slug} (admin)`, key] as const),
    ...(operator === undefined ? [] : [["operator", operator] as const]),
  ];
  const width = Math.max(0, ...keys.map(([name]) => name.length));
  const lines = ["", `Assay is ready at ${url}`, `API reference: ${url}/reference`];
  if (keys.length > 0) {
    lines.push("", "Keys, shown this once:", ...keys.map(([name, key]) => `  ${name.padEnd(width)}  ${key}`));
  }
  if (login !== undefined) {
    lines.push("", "Log-in, shown this once:", `  e-mail    ${login.email}`, `  password  ${login.password}`);
  }
  return `${lines.join("\n")}\n\n`;
}
