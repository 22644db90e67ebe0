// Reads [[walk, [answers, …]], …] and writes what the browser decides by each.
import fs from "node:fs";
import { load } from "./load.mjs";

const { decide } = load("js/b-values.js", "widgets/finder.decide.js");
const cases = JSON.parse(fs.readFileSync(0, "utf-8"));
console.log(JSON.stringify(cases.map(([walk, many]) => many.map((answers) => decide(walk, answers)))));
