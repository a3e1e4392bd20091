import { GatePolicy } from "@assay/core";
import type { World } from "./draws.ts";

/** One row of the calibration: a world, a gate, and what the gate ought to do there. */
export interface Cell {
  name: string;
  world: World;
  policy: GatePolicy;
  /** `wrong`: every promotion is an error. `right`: every promotion that does not happen is one. */
  promotion: "wrong" | "right";
  stopEarly: boolean;
  /** Hold the realised power against the announced one. */
  isPowerAnnounced: boolean;
}

const PLAIN: World = {
  cases: 200,
  perGroup: 1,
  passShare: 0.8,
  change: 0,
  alike: 0,
  ties: 0.5,
  repeats: 1,
  judgeNoise: 0,
  isGraded: false,
};

interface CellDraft {
  name: string;
  world: Partial<World>;
  policy: object;
  promotion?: Cell["promotion"];
  stopEarly?: boolean;
  isPowerAnnounced?: boolean;
}

function cellOf({ world, policy, ...draft }: CellDraft): Cell {
  return {
    promotion: "wrong",
    stopEarly: false,
    isPowerAnnounced: false,
    ...draft,
    world: { ...PLAIN, ...world },
    policy: GatePolicy.parse({ minCases: 1, ...policy }),
  };
}

const BETTER = { minImprovement: 0 };
const SIZES = [20, 50, 200, 500, 2_000];
const SHARES = [0.5, 0.8, 0.95, 0.99];

const nothingImproved = SIZES.flatMap((cases) =>
  SHARES.map((passShare) =>
    cellOf({ name: `no change, n ${cases}, p ${passShare}`, world: { cases, passShare }, policy: BETTER }),
  ),
);

const regressions = [0.02, 0.05, 0.1].flatMap((margin) =>
  [50, 115, 500, 2_000].map((cases) =>
    cellOf({
      name: `regression of ${margin}, all the gate allows, n ${cases}`,
      world: { cases, passShare: 0.95, change: -margin, ties: 0.9 },
      policy: { maxRegression: margin },
    }),
  ),
);

const worse = cellOf({
  name: "regression of 0.1 where 0.05 is allowed, n 200",
  world: { change: -0.1 },
  policy: { maxRegression: 0.05 },
});

const scores = [20, 100, 500].flatMap((cases) =>
  [0.5, 0.9, 0.99].map((passShare) =>
    cellOf({
      name: `score exactly at the bound, n ${cases}, p ${passShare}`,
      world: { cases, passShare },
      policy: { minScore: { score: passShare } },
    }),
  ),
);

const clusters = [
  { cases: 50, perGroup: 10 },
  { cases: 100, perGroup: 10 },
  { cases: 200, perGroup: 10 },
  { cases: 500, perGroup: 10 },
].flatMap((world) =>
  [0.5, 0.9].map((alike) =>
    cellOf({
      name: `clusters of 10, n ${world.cases}, alike ${alike}`,
      world: { ...world, alike },
      policy: BETTER,
    }),
  ),
);

const others = [
  cellOf({ name: "ties in 95 %, n 200", world: { ties: 0.95 }, policy: BETTER }),
  cellOf({ name: "ties in 95 %, n 2000", world: { cases: 2_000, ties: 0.95 }, policy: BETTER }),
  cellOf({ name: "5 repeats, n 100", world: { cases: 100, repeats: 5 }, policy: BETTER }),
  cellOf({
    name: "5 repeats in clusters, n 200",
    world: { perGroup: 5, alike: 0.6, repeats: 5 },
    policy: BETTER,
  }),
  cellOf({ name: "noisy judge (10 %), n 200", world: { judgeNoise: 0.1 }, policy: BETTER }),
  cellOf({ name: "graded scores, n 20", world: { cases: 20, isGraded: true }, policy: BETTER }),
  cellOf({ name: "graded scores, n 100", world: { cases: 100, isGraded: true }, policy: BETTER }),
  cellOf({ name: "graded scores, n 500", world: { cases: 500, isGraded: true }, policy: BETTER }),
];

const stopping = [
  { cases: 100, passShare: 0.8 },
  { cases: 500, passShare: 0.8 },
  { cases: 500, passShare: 0.95 },
  { cases: 200, perGroup: 10, alike: 0.6 },
].flatMap((world) => [
  cellOf({ name: `early stop, no change, ${nameOf(world)}`, world, policy: BETTER, stopEarly: true }),
  cellOf({
    name: `early stop, regression of 0.05, all the gate allows, ${nameOf(world)}`,
    world: { ...world, change: -0.05, ties: 0.9 },
    policy: { maxRegression: 0.05 },
    stopEarly: true,
  }),
]);

function nameOf({ cases, passShare, perGroup }: Partial<World>): string {
  const share = passShare === undefined ? "" : `, p ${passShare}`;
  return `n ${cases}${share}${perGroup === undefined ? "" : `, clusters of ${perGroup}`}`;
}

const powers = [
  { cases: 100, margin: 0.1 },
  { cases: 200, margin: 0.1 },
  { cases: 500, margin: 0.05 },
  { cases: 2_000, margin: 0.03 },
].flatMap(({ cases, margin }) =>
  [0.8, 0.95].map((passShare) =>
    cellOf({
      name: `as good as before, ${margin} allowed, n ${cases}, p ${passShare}`,
      world: { cases, passShare },
      policy: { maxRegression: margin },
      promotion: "right",
      isPowerAnnounced: true,
    }),
  ),
);

const improvements = [0.05, 0.1].map((change) =>
  cellOf({
    name: `improvement of ${change}, n 500`,
    world: { cases: 500, change },
    policy: BETTER,
    promotion: "right",
  }),
);

const stoppingSoon = [
  cellOf({
    name: "early stop, regression of 0.3 where 0.05 is allowed, n 1000",
    world: { cases: 1_000, change: -0.3 },
    policy: { maxRegression: 0.05 },
    stopEarly: true,
  }),
  cellOf({
    name: "early stop, score 0.95 where 0.85 is asked for, n 1000",
    world: { cases: 1_000, passShare: 0.95 },
    policy: { minScore: { score: 0.85 } },
    promotion: "right",
    stopEarly: true,
  }),
];

export const CELLS: readonly Cell[] = [
  ...nothingImproved,
  ...regressions,
  worse,
  ...scores,
  ...clusters,
  ...others,
  ...stopping,
  ...stoppingSoon,
  ...powers,
  ...improvements,
];

/** A few of every kind, small enough for every test run. */
export const QUICK_CELLS: readonly Cell[] = CELLS.filter(({ name }) =>
  [
    "no change, n 50, p 0.8",
    "regression of 0.05, all the gate allows, n 115",
    "score exactly at the bound, n 100, p 0.9",
    "clusters of 10, n 200, alike 0.5",
    "early stop, no change, n 100, p 0.8",
    "as good as before, 0.1 allowed, n 200, p 0.8",
  ].includes(name),
);
