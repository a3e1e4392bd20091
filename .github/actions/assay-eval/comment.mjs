// Posts the report as a comment on the pull request, or writes it over the one posted before. Plain JavaScript without
// dependencies, for the runner's own Node. It never fails the job: the verdict does that.
import { readFile } from "node:fs/promises";

const BODY_LENGTH_MAX = 65_536;
const PAGE_SIZE = 100;
const PAGES_MAX = 50;
const TIMEOUT_MS = 30_000;

const { env } = process;

try {
  process.stdout.write(`${await comment()}\n`);
} catch (error) {
  process.stdout.write(`::warning::The comment was not written: ${oneLine(error?.message ?? error)}\n`);
}

async function comment() {
  const event = JSON.parse(await readFile(env.GITHUB_EVENT_PATH, "utf8"));
  const pull = event.pull_request;
  if (pull === undefined) return "::notice::This is no pull request, so there is nothing to comment on.";
  if (pull.head?.repo?.full_name !== pull.base?.repo?.full_name) {
    return "::notice::The pull request comes from a fork, whose token may not comment. The report is in the summary.";
  }
  const marker = `<!-- assay-eval:${(env.COMMENT_NAME ?? "assay").replaceAll(/[^\w.-]/g, "-")} -->`;
  const report = await readFile(env.REPORT_FILE, "utf8");
  const body = `${marker}\n${report}`.slice(0, BODY_LENGTH_MAX);
  const existing = await findComment(pull.number, marker);
  const comments = `/repos/${env.GITHUB_REPOSITORY}/issues`;
  if (existing === undefined) {
    await github("POST", `${comments}/${pull.number}/comments`, { body });
    return "The comment was posted.";
  }
  await github("PATCH", `${comments}/comments/${existing}`, { body });
  return "The comment was updated.";
}

/** The one this action wrote: a bot's, which begins with the marker. Anybody may quote a marker in words of their own. */
async function findComment(number, marker) {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const query = `per_page=${PAGE_SIZE}&page=${page}`;
    const comments = await github(
      "GET",
      `/repos/${env.GITHUB_REPOSITORY}/issues/${number}/comments?${query}`,
    );
    const found = comments.find(({ user, body }) => user?.type === "Bot" && body?.startsWith(marker));
    if (found !== undefined) return found.id;
    if (comments.length < PAGE_SIZE) return undefined;
  }
  return undefined;
}

async function github(method, path, body) {
  const response = await fetch(`${env.GITHUB_API_URL ?? "https://api.github.com"}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${env.GITHUB_TOKEN}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method} ${path.split("?")[0]}`);
  return response.json();
}

/** A line break or % in a workflow command would end it or begin another. */
function oneLine(text) {
  return String(text)
    .replaceAll("%", "%25")
    .replaceAll(/[\r\n]+/g, " ");
}
