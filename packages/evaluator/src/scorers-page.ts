import {
  resolveScorerAlias,
  SCORER_ALIASES,
  type ScorerInfo,
  type ScorerKind,
  scorerOptions,
} from "@assay/core";
import { listScorers } from "./list-scorers.ts";

const KINDS: readonly (readonly [kind: ScorerKind, title: string, about: string])[] = [
  ["deterministic", "By rule", "The same output gets the same score, everywhere and at no cost."],
  ["embedding", "By embeddings", "A model of the tenant turns texts into vectors."],
  [
    "judge",
    "By a judge",
    "A model of the tenant gives a verdict, at temperature 0 and in a schema it cannot leave; its reasons are kept. Its answer decides in a gate only while it agrees with the tenant's people.",
  ],
  ["webhook", "By a service of yours", "Reached through a connection of the kind `webhook`."],
  ["script", "By a file of yours", "On your own machine only."],
];

const INTRODUCTION = `<!-- Made of the list of scorers by \`npm run docs:scorers\`; a test fails when it is not current. -->
# Scorers

A scorer turns an output into a score of 0 to 1, or into \`not_scored\` with the reason: what is unknown is never a zero. A suite uses scorers like this:

\`\`\`yaml
scorers:
  - type: json-fields
    name: fields # of the metric; the type unless said
    weight: 2 # share in the case's score; 0 shows the metric and lets it decide nothing
    options: { fields: [intent, urgency] }
  - type: contains
    negate: true # the score becomes 1 − score, and a threshold that was met is missed
    threshold: 1 # the metric passes from here on; a case passes only when all its metrics with one do
    options: { values: [guarantee] }
\`\`\`

Metrics without a threshold pass together: their weighted mean must reach the suite's \`passScore\`. A scorer that measures something keeps it as the metric's value beside the score. \`assay scorers\` prints this list, and \`GET /api/scorers\` gives it with the JSON Schema of every scorer's options.`;

const GRADERS = `## OpenAI's graders

\`string_check\`, \`text_similarity\`, \`label_model\`, \`score_model\` and \`multi\` are taken in OpenAI's own form wherever a suite names its scorers, and stored as the scorers \`string-check\`, \`text-similarity\` (\`cosine\`: \`similarity\`), \`label-model\`, \`score-model\` and \`multi\` (\`multi-model\` where a grader asks a model). Templates read \`{{item.…}}\`, which is the case (its variables, then \`expected\` and \`key\`, then the fields of an expectation that is an object), and \`{{sample.output_text}}\`, \`{{sample.output_json.…}}\` and \`{{sample.output_tools}}\`. Refused: \`python\` graders, the metric \`meteor\`, and \`sampling_params\`, because judges answer at temperature 0.`;

/** The list of scorers as a page of Markdown, with the names of other tools that stand for them. */
export function scorersPage(): string {
  const scorers = listScorers();
  const groups = KINDS.flatMap(([kind, title, about]) => {
    const ofKind = scorers.filter((scorer) => scorer.kind === kind);
    return ofKind.length === 0 ? [] : [`## ${title}`, about, ...ofKind.map(section)];
  });
  return `${[INTRODUCTION, ...groups, aliases(), GRADERS].join("\n\n")}\n`;
}

function section(scorer: ScorerInfo): string {
  const { type, title, description, measure } = scorer;
  const wanted = measure?.direction === "maximize" ? "more" : "less";
  const measured = measure === null ? "" : `\n\nMeasures: ${measure.unit}; ${wanted} is better.`;
  return `### \`${type}\` · ${title}\n\n${description}${measured}${optionTable(scorer)}`;
}

function optionTable(scorer: ScorerInfo): string {
  const options = scorerOptions(scorer);
  if (options.length === 0) return "";
  const rows = options.map(({ name, type, isRequired, default: value, description }) => {
    const given = isRequired && value === undefined ? "required" : value === undefined ? "" : `\`${value}\``;
    return `| \`${name}\` | ${cell(type)} | ${cell(given)} | ${cell(description)} |`;
  });
  return `\n\n| option | type | default | |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function aliases(): string {
  const rows = SCORER_ALIASES.map((name) => {
    const { type, options } = resolveScorerAlias(name) ?? { type: name };
    const set = options === undefined ? "" : `\`${JSON.stringify(options)}\``;
    return `| \`${name}\` | \`${type}\` | ${set} |`;
  });
  const about =
    "These stand for a scorer with options; the metric keeps the name that was written. `not-` before any name means its opposite.";
  return `## promptfoo's names\n\n${about}\n\n| name | scorer | options |\n|---|---|---|\n${rows.join("\n")}`;
}
