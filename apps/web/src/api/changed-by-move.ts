import type { ControlRouteName } from "@assay/client";

/** What reads otherwise once a label has moved, or a proposal to move one was made or decided. */
export const CHANGED_BY_MOVE: readonly ControlRouteName[] = [
  "getPromotion",
  "getOverview",
  "listPromptOverviews",
  "listPromptSummaries",
  "listPromptTimeline",
  "listLabels",
  "listLabelMoves",
  "listChanges",
  "getChange",
];
