/** One line of the benchmark table: a figure and, where it makes sense, the same work done by another program in the same run. */
export type BenchLine = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: { readonly name: string; readonly value: number };
  /** How many times better than the other program (above 1 is better), for any unit. */
  readonly ratio?: number;
  readonly note?: string;
};

/** Median; NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

const figure = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);

/** The table as Markdown, for the README and the release notes. */
export function benchTable(lines: readonly BenchLine[]): string {
  const rows = lines.map((line) => {
    const peer = line.peer ? `${figure(line.peer.value)} ${line.unit} (${line.peer.name})` : "";
    const ratio = line.ratio === undefined ? "" : `${line.ratio.toFixed(line.ratio < 10 ? 2 : 1)} ×`;
    return `| ${line.name} | ${figure(line.value)} ${line.unit} | ${peer} | ${ratio} | ${line.note ?? ""} |`;
  });
  return ["| what | Vigie | peer | ratio | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
