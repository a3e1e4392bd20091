import { expect, test } from "vitest";
import gate from "../gate/messages.en.json" with { type: "json" };
import english from "./messages.en.json" with { type: "json" };
import polish from "./messages.pl.json" with { type: "json" };

test("every degree of agreement has its sentence, and so has what is not known", () => {
  const asked = [...Object.keys(gate.degree), "unknown"].sort();
  for (const { words } of [english, polish]) {
    for (const of of [words.judge, words.people]) expect(Object.keys(of).sort()).toEqual(asked);
  }
});
