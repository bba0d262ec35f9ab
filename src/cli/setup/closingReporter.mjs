/**
 * A vitest reporter that names every skipped test with its reason and leaves the counts for `vigie test` to print. Plain
 * JavaScript: vitest loads it by path.
 */
import { writeFileSync } from "node:fs";

export default class ClosingReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") counts.passed++;
        else if (result.state === "failed") counts.failed++;
        else {
          counts.skipped++;
          const reason = result.note ?? "no reason given";
          process.stderr.write(`skipped: ${test.fullName}: ${reason}\n`);
        }
      }
    }
    if (errors.length > 0 && counts.failed === 0) counts.failed = errors.length;
    const file = process.env.VIGIE_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
