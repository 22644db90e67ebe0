// Runs scripts of ours as a page does, one after the other, and returns the `baodian` that they fill.
// BAODIAN_THEME names another folder to take them from, such as the published ones without comments.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const THEME = process.env.BAODIAN_THEME || fileURLToPath(new URL("../../generator/baodian/theme", import.meta.url));

export function load(...names) {
  globalThis.window = globalThis;
  globalThis.baodian = globalThis.baodian || {};
  for (const name of names) {
    const file = path.join(THEME, name);
    vm.runInThisContext(fs.readFileSync(file, "utf-8"), { filename: file });
  }
  return globalThis.baodian;
}
