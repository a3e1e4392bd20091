import type { Interval } from "@assay/core";
import { formatInterval } from "../../eval/eval-report.ts";
import { escapeHtml } from "./escape-html.ts";

const WIDTH = 720;
const LABEL_WIDTH = 190;
const VALUE_WIDTH = 190;
const ROW_HEIGHT = 30;
const AXIS_HEIGHT = 24;
const LABEL_LENGTH_MAX = 26;
const PLOT_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 12;

export interface IntervalRow {
  label: string;
  value: Interval;
  /** The same of the label's version, drawn below in grey. */
  before: Interval | undefined;
}

/** Means with their 95 % intervals on one axis from 0 to 1, as inline SVG. */
export function intervalPlot(title: string, rows: readonly IntervalRow[]): string {
  const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const body = rows.map((row, index) => intervalRow(row, index * ROW_HEIGHT)).join("");
  return svg({ title, height, body: axis(height) + body });
}

function intervalRow({ label, value, before }: IntervalRow, top: number): string {
  const middle = top + ROW_HEIGHT / 2;
  const offset = before === undefined ? 0 : 5;
  const old = before === undefined ? "" : mark(before, middle + offset, "before");
  return `<g><title>${escapeHtml(label)}: ${formatInterval(value)}</title>${labelText(label, middle)}${old}${mark(value, middle - offset, "now")}<text class="value" x="${WIDTH}" y="${middle}">${formatInterval(value)}</text></g>`;
}

function mark({ mean, lower, upper }: Interval, y: number, name: string): string {
  if (mean === null) return "";
  const line =
    lower === null || upper === null
      ? ""
      : `<line class="${name}" x1="${at(lower)}" x2="${at(upper)}" y1="${y}" y2="${y}"/>`;
  return `${line}<circle class="${name}" cx="${at(mean)}" cy="${y}" r="4"/>`;
}

export interface BarRow {
  label: string;
  /** How long the bar is, 0..1. */
  share: number;
  text: string;
  interval: Interval | undefined;
}

/** Bars from 0 to 1, each with its interval where it has one, as inline SVG. */
export function barPlot(title: string, rows: readonly BarRow[]): string {
  const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const body = rows.map((row, index) => barRow(row, index * ROW_HEIGHT)).join("");
  return svg({ title, height, body: axis(height) + body });
}

function barRow({ label, share, text, interval }: BarRow, top: number): string {
  const middle = top + ROW_HEIGHT / 2;
  const bar = `<rect class="bar" x="${LABEL_WIDTH}" y="${top + 7}" width="${(share * PLOT_WIDTH).toFixed(1)}" height="${ROW_HEIGHT - 14}"/>`;
  const whisker =
    interval === undefined || interval.lower === null || interval.upper === null
      ? ""
      : `<line class="whisker" x1="${at(interval.lower)}" x2="${at(interval.upper)}" y1="${middle}" y2="${middle}"/>`;
  return `<g><title>${escapeHtml(label)}: ${escapeHtml(text)}</title>${labelText(label, middle)}${bar}${whisker}<text class="value" x="${WIDTH}" y="${middle}">${escapeHtml(text)}</text></g>`;
}

const HISTOGRAM_HEIGHT = 150;
const BINS = 10;

/** How many results scored how much, in ten bins of equal width, as inline SVG. */
export function histogram(title: string, scores: readonly number[]): string {
  const bins = new Array<number>(BINS).fill(0);
  for (const score of scores) {
    const index = Math.min(BINS - 1, Math.floor(score * BINS));
    bins[index] = (bins[index] ?? 0) + 1;
  }
  const most = Math.max(1, ...bins);
  const width = WIDTH / BINS;
  const floor = HISTOGRAM_HEIGHT - AXIS_HEIGHT;
  const columns = bins.map((count, index) => {
    const height = (count / most) * (floor - 20);
    const x = index * width;
    const range = `${(index / BINS).toFixed(1)}–${((index + 1) / BINS).toFixed(1)}`;
    return `<g><title>${range}: ${count}</title><rect class="bar" x="${(x + 3).toFixed(1)}" y="${(floor - height).toFixed(1)}" width="${(width - 6).toFixed(1)}" height="${height.toFixed(1)}"/><text class="count" x="${x + width / 2}" y="${(floor - height - 8).toFixed(1)}">${count === 0 ? "" : count}</text><text class="tick" x="${x + width / 2}" y="${floor + 14}">${range}</text></g>`;
  });
  return svg({ title, height: HISTOGRAM_HEIGHT, body: columns.join("") });
}

function svg({ title, height, body }: { title: string; height: number; body: string }): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${body}</svg>`;
}

function axis(height: number): string {
  const bottom = height - AXIS_HEIGHT;
  return [0, 0.25, 0.5, 0.75, 1]
    .map(
      (tick) =>
        `<line class="grid" x1="${at(tick)}" x2="${at(tick)}" y1="0" y2="${bottom}"/><text class="tick" x="${at(tick)}" y="${bottom + 14}">${tick}</text>`,
    )
    .join("");
}

function labelText(label: string, y: number): string {
  const characters = Array.from(label);
  const shown =
    characters.length > LABEL_LENGTH_MAX ? `${characters.slice(0, LABEL_LENGTH_MAX - 1).join("")}…` : label;
  return `<text class="label" x="0" y="${y}">${escapeHtml(shown)}</text>`;
}

function at(share: number): string {
  return (LABEL_WIDTH + Math.min(1, Math.max(0, share)) * PLOT_WIDTH).toFixed(1);
}
