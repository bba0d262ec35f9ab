/** One row of a trial's table: the step, the autopilot, how long it took, and what failed. */
export type TrialRow = {
  readonly endpoint: string;
  readonly step: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly seconds: number;
  readonly problem: string | undefined;
};

/** Runs steps one after another and keeps each result; a failed step does not stop those that do not need it. */
export class TrialSteps {
  readonly #endpoint: string;
  readonly rows: TrialRow[] = [];

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** True when it passed. */
  async step(name: string, work: () => Promise<void>): Promise<boolean> {
    const sinceMs = performance.now();
    let problem: string | undefined;
    try {
      await work();
    } catch (cause: unknown) {
      problem = cause instanceof Error ? cause.message : String(cause);
    }
    const seconds = (performance.now() - sinceMs) / 1000;
    this.rows.push({
      endpoint: this.#endpoint,
      step: name,
      outcome: problem === undefined ? "passed" : "failed",
      seconds,
      problem,
    });
    return problem === undefined;
  }

  skip(name: string, because: string): void {
    this.rows.push({ endpoint: this.#endpoint, step: name, outcome: "skipped", seconds: 0, problem: because });
  }

  /** The failures as texts, for one expectation at the end. */
  failures(): readonly string[] {
    return this.rows
      .filter(({ outcome }) => outcome === "failed")
      .map(({ step, problem }) => `${step}: ${problem ?? ""}`);
  }
}

const MARKS = { passed: "✓", failed: "✗", skipped: "–" } as const;

/** One table for a whole run: a row per aircraft, a column per step, and the failures below. */
export function trialTable(rows: readonly TrialRow[]): string {
  const steps = [...new Set(rows.map(({ step }) => step))];
  const endpoints = [...new Set(rows.map(({ endpoint }) => endpoint))];
  const cell = (endpoint: string, step: string): string => {
    const row = rows.find((one) => one.endpoint === endpoint && one.step === step);
    if (!row) return "";
    return row.outcome === "skipped" ? MARKS.skipped : `${MARKS[row.outcome]} ${row.seconds.toFixed(0)} s`;
  };
  const lines = [["aircraft", ...steps], ...endpoints.map((one) => [one, ...steps.map((step) => cell(one, step))])];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const table = lines.map((line) =>
    line
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const problems = rows
    .filter(({ outcome }) => outcome === "failed")
    .map(
      ({ endpoint, step, problem }) => `${MARKS.failed} ${endpoint}, ${step}: ${(problem ?? "").split("\n")[0] ?? ""}`,
    );
  return [...table, ...(problems.length > 0 ? ["", ...problems] : [])].join("\n");
}
