/** Real processes run what is built: builds it once before the first test, and only when the sources changed. */
import { buildNode, buildRenderer } from "../build.mjs";

export async function setup() {
  await buildNode(process.cwd());
  await buildRenderer(process.cwd());
}
