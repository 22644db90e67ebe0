// Reads [[scripts, [query, …]], …] and writes what the search finds in each handbook after both stages.
import fs from "node:fs";
import vm from "node:vm";
import { load } from "./load.mjs";

const told = ({ owner, block }) => [owner.key, owner.title, block.page.address, block.page.title, block.role,
  block.part, block.anchor, block.text];
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf-8")).map(([scripts, queries]) => {
  load("js/b-values.js", "widgets/finder.decide.js", "search/rulers.js", "search/engine.js"); // with nothing in it
  return scripts.map((script) => {
    vm.runInThisContext(script);
    return queries.map((query) => globalThis.baodianSearch.find(query, {}).results.map(told));
  });
})));
