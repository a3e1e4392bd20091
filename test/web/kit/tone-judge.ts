/** A judge for the starter model, whose word is noise: there to be labelled against. */
export const TONE_JUDGE = {
  type: "label-model",
  name: "tone",
  weight: 1,
  options: {
    model: "starter",
    messages: [{ role: "user", content: "{{sample.output_text}}" }],
    labels: ["yes", "no"],
    passingLabels: ["yes"],
  },
};
