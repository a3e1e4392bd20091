import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type Cookie, chromium, type Page } from "playwright-core";
import { ROOT, type StartedServer, startServer } from "../../kit/start-server.ts";

const BROWSERS = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** For whatever a page has to do: a machine with other work needs long, and only a hang is a failure. */
const WAIT_MS_MAX = 60_000;

export interface PageOptions {
  theme?: "light" | "dark";
  language?: "en" | "pl";
  /** As whom the first start made: operator, and admin of both starter tenants. */
  isLoggedIn?: boolean;
  /** CSS pixels. */
  width?: number;
  height?: number;
  hasTouch?: boolean;
}

export interface WebOptions {
  /** As on most machines with a mouse: beside the page. By itself a browser of tests shows none. */
  hasScrollBars?: boolean;
}

/** A real server with the real starter model, and a real browser beside it. */
export interface Web extends AsyncDisposable {
  server: StartedServer;
  browser: Browser;
  /** A page of somebody whom this server has never seen. Faults of the page are collected, see `faultsOf`. */
  openPage(options?: PageOptions): Promise<Page>;
  /** Another page of the same person. */
  openBeside(page: Page): Promise<Page>;
}

const faults = new WeakMap<BrowserContext, string[]>();

/** What the browser complained of in a page and its neighbours: thrown errors, and what the policy of content refused. */
export function faultsOf(page: Page): string[] {
  return faults.get(page.context()) ?? [];
}

export async function openWeb(
  environment: Record<string, string> = {},
  { hasScrollBars = false }: WebOptions = {},
): Promise<Web> {
  execFileSync(process.execPath, ["apps/web/build-if-stale.mjs"], { cwd: ROOT });
  const server = await startServer({ environment });
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox"],
    ignoreDefaultArgs: hasScrollBars ? ["--hide-scrollbars"] : [],
    timeout: WAIT_MS_MAX,
  });
  let cookies: Promise<Cookie[]> | undefined;
  return {
    server,
    browser,
    openPage: async (options = {}) => {
      const page = await openPage(browser, server.url, options);
      if (options.isLoggedIn === true) {
        // Once for all: hashing a password is slow on purpose.
        cookies ??= logIn(browser, server);
        await page.context().addCookies(await cookies);
      }
      return page;
    },
    openBeside: async (page) => watch(await page.context().newPage()),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function logIn(browser: Browser, { url, login }: StartedServer): Promise<Cookie[]> {
  const page = await openPage(browser, url);
  await page.goto("/login");
  await fillLogin(page, login);
  await page.waitForURL(/\/t\//);
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies;
}

export async function fillLogin(page: Page, { email, password }: StartedServer["login"]): Promise<void> {
  await page.getByLabel(/^e-mail/i).fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
}

async function openPage(browser: Browser, baseURL: string, options: PageOptions = {}): Promise<Page> {
  const { theme = "light", language = "en", width = 1280, height = 860, hasTouch = false } = options;
  const context = await browser.newContext({
    baseURL,
    colorScheme: theme,
    locale: language,
    viewport: { width, height },
    reducedMotion: "reduce",
    hasTouch,
  });
  context.setDefaultTimeout(WAIT_MS_MAX);
  faults.set(context, []);
  return watch(await context.newPage());
}

function watch(page: Page): Page {
  const list = faultsOf(page);
  page.on("pageerror", (error) => list.push(String(error)));
  page.on("console", (message) => {
    const isPolicy = /Content Security Policy/i.test(message.text());
    // A refused request is shown by the page itself and is no fault of it.
    if (message.type() === "error" && (isPolicy || !/Failed to load resource/.test(message.text()))) {
      list.push(message.text());
    }
  });
  return page;
}

function browserPath(): string {
  const path = BROWSERS.find((each) => each !== "" && existsSync(each));
  if (path === undefined) {
    throw new Error(
      "There is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.",
    );
  }
  return path;
}
