/* How long `find` takes as the handbook grows: node benchmarks/search_scan.js SITE [times …]
   Repeats the pages of a built handbook and asks every prefix of a fifth of the typed queries. Only the
   engine, no rendering, not slowed down; multiply by four for a phone. */
const fs = require("fs");
const path = require("path");
global.window = global;
const site = process.argv[2] || "site";
const times = process.argv.slice(3).map(Number);
const root = path.dirname(__dirname);
const stages = [1, 2].map((stage) => {
  const found = fs.readdirSync(path.join(site, "search")).find((name) => new RegExp(`^${stage}\\.[0-9a-f]+\\.js$`).test(name));
  const script = fs.readFileSync(path.join(site, "search", found), "utf8");
  return script.slice(script.indexOf("(") + 1, script.lastIndexOf(")"));
});
const engine = ["js/b-values.js", "widgets/finder.decide.js", "search/rulers.js", "search/engine.js"]
  .map((name) => fs.readFileSync(path.join(root, "generator/baodian/theme", name), "utf8")).join("\n");
global.baodian = {};
const queries = fs.readFileSync(path.join(root, "tests/queries.tsv"), "utf8").split("\n")
  .filter((line) => line && line[0] !== "#").map((line) => line.split("\t")[0])
  .filter((_, n) => n % 5 === 0)
  .flatMap((query) => Array.from(query, (_, n) => query.slice(0, n + 1)));

for (const factor of times.length ? times : [1, 5.5, 11, 22, 44]) {
  eval(engine);
  // Both stages grow alike: the second tells the blocks of the first by their numbers.
  const grown = stages.map((data) => {
    const stage = JSON.parse(data), shipped = stage.pages;
    stage.pages = Array.from({ length: Math.round(shipped.length * factor) }, (_, n) => {
      const page = shipped[n % shipped.length].slice();
      if (n >= shipped.length) {
        page[0] = page[0].replace(".html", `-${n}.html`);
        if (page[4].includes(":")) page[4] += `-${n}`;
      }
      return page;
    });
    return stage;
  });
  grown.forEach((stage) => { baodianSearch.load(stage); });
  const took = queries.map((query) => {
    const start = performance.now();
    baodianSearch.find(query, {});
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const at = (share) => took[Math.floor(took.length * share)].toFixed(1);
  console.log(`${grown[1].pages.length} pages, ${(baodianSearch.index.all.length / 1e6).toFixed(2)} million characters: ` +
    `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}
