/** The page's whole style; its hash stands in the page's content security policy. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #60646c; --line: #e0e1e6; --paper: #ffffff; --card: #f9f9fb;
  --good: #1a7f4b; --bad: #c62a2f; --unsure: #96690a; --accent: #3358d4; }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --soft: #9ea3ab; --line: #363a3f; --paper: #131416;
  --card: #1b1d1f; --good: #4cc38a; --bad: #ff9592; --unsure: #f0c05a; --accent: #8da4ef; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 28px 20px 80px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 13px; margin: 26px 0 8px; color: var(--soft); font-weight: 600; letter-spacing: .04em;
  text-transform: uppercase; }
.suite { margin-top: 36px; border-top: 1px solid var(--line); padding-top: 24px; }
.verdict { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; }
.badge { border-radius: 999px; padding: 2px 10px; font-size: 12px; font-weight: 600; white-space: nowrap;
  border: 1px solid currentColor; justify-self: start; }
.good { color: var(--good); } .bad { color: var(--bad); } .unsure { color: var(--unsure); } .soft { color: var(--soft); }
.sentence { font-size: 17px; margin: 8px 0; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin-top: 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
.tile b { display: block; font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 12.5px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--soft); font-size: 12.5px; font-weight: 600; }
th, td { padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { width: 100%; max-width: 820px; height: auto; display: block; }
svg text { fill: var(--ink); font-size: 13px; dominant-baseline: middle; }
svg .tick { fill: var(--soft); font-size: 11px; text-anchor: middle; } svg .count { font-size: 11px; text-anchor: middle; }
svg .value { text-anchor: end; font-size: 12px; font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--line); } svg .bar { fill: var(--accent); opacity: .75; rx: 2px; }
svg line.now { stroke: var(--accent); stroke-width: 3; stroke-linecap: round; } svg circle.now { fill: var(--accent); }
svg line.before { stroke: var(--soft); stroke-width: 2; stroke-linecap: round; } svg circle.before { fill: var(--soft); r: 3px; }
svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
.filter { display: flex; gap: 10px; margin: 4px 0 10px; flex-wrap: wrap; align-items: center; }
input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 6px 10px; } input { flex: 1; min-width: 180px; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 5px 0; background: var(--card); }
details > summary { cursor: pointer; padding: 7px 12px; display: grid; gap: 12px; align-items: baseline;
  grid-template-columns: 92px minmax(0, 1fr) 76px 84px; list-style: none; }
details > summary.plain { display: block; } details > summary::-webkit-details-marker { display: none; }
details > summary:focus-visible { outline: 2px solid var(--accent); border-radius: 8px; }
summary .key { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } summary .number { text-align: right; }
.parts { padding: 4px 14px 14px; border-top: 1px solid var(--line); }
.parts h4 { margin: 12px 0 3px; font-size: 12px; color: var(--soft); font-weight: 600; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; overflow-y: auto;
  font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 0 18px; }
.tags span { border: 1px solid var(--line); border-radius: 6px; padding: 0 6px; font-size: 12px; margin-right: 4px; }
[hidden] { display: none !important; }
`;
