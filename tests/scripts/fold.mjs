// Folds texts as the browser does: { data, texts } comes in as JSON, their folds go out. With `marks`,
// for each text the spans that stand for a piece of its fold.
import fs from "node:fs";
import { load } from "./load.mjs";

load("search/engine.js");
const { data, texts, marks } = JSON.parse(fs.readFileSync(0, "utf-8"));
const engine = globalThis.baodianSearch;
engine.load({ stage: 2, sounds: "", same: "", kinds: [["rest", "", []]], classes: [], channels: [], for: {}, pages: [], ...data });
const told = marks ? texts.map((text, n) => engine.marksIn(text, marks[n])) : texts.map((text) => engine.fold(text));
fs.writeFileSync(1, JSON.stringify(told));
