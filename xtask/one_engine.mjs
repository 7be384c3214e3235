// Compares the native engine's results with those of the shipped module; see src/one_engine.rs.
// Arguments: path of the bundle without its endings, number of cases expected. Cases come on stdin.
import { readFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [bundle, expected] = process.argv.slice(2);

// Node reads `.js` as CommonJS unless a package.json says otherwise; the site has none, so the glue is given
// an unmistakable name for the time of the comparison.
const folder = mkdtempSync(join(tmpdir(), "recueil-one-engine-"));
const glue = join(folder, "glue.mjs");
copyFileSync(`${bundle}.js`, glue);
const engine = await import(pathToFileURL(glue));
rmSync(folder, { recursive: true });
engine.initSync({ module: readFileSync(`${bundle}_bg.wasm`) });

let compared = 0;
let different = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [given, result] = line.split(" ");
  const here = engine.replay(given);
  compared += 1;
  if (here !== result) {
    different += 1;
    if (different <= 3) {
      console.error(`case ${compared}: ${given}\n native  ${result}\n shipped ${here}`);
    }
  }
}
console.log(`  ${compared} cases compared, ${different} different`);
process.exit(different === 0 && compared === Number(expected) ? 0 : 1);
