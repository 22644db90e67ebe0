// Reads customers from a sheet, as the customer book does, and says the class of each and who is due.
import fs from "node:fs";
import { load } from "./load.mjs";

export const PARTS = ["js/b-values.js", "widgets/finder.decide.js", "widgets/planner.calendar.js", "widgets/due.order.js",
  ...["due", "keep", "names", "paste", "runs", "store", "week"].map((name) => `widgets/book.${name}.js`)];

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { book } = load(...PARTS);
  const { data, sheet, today } = JSON.parse(fs.readFileSync(0, "utf-8"));
  const found = book.read(data, data.words, sheet, today), customers = {}, classes = {};
  for (const line of found.lines) {
    if (line.given) customers[line.code] = book.take(book.blank(today), line.given, today, 0);
  }
  for (const [code, one] of Object.entries(customers)) {
    const judged = book.judge(data, one, today);
    classes[code] = Object.keys(judged).flatMap((scheme) => judged[scheme].ids.map((id) => scheme + "/" + id)).sort();
  }
  const list = book.list(data, customers, today, data.role);
  const told = (cards) => cards.map((card) => [card.code, card.items.map((one) => [one.kind, one.kind === "promise" ? one.what : one.id, one.due].join(" "))]);
  const again = book.read(data, data.words, book.csv(book.sheet(data, data.words, customers)), today);
  process.stdout.write(JSON.stringify({
    wrong: found.lines.filter((line) => line.wrong.length), unknown: found.unknown, classes,
    today: told(list.today), soon: told(list.soon),
    valid: Object.values(customers).every(book.valid),
    again: again.lines.map((line) => [line.code, line.given && book.take(book.blank(today), line.given, today, 0), line.wrong]),
    customers,
  }));
}
