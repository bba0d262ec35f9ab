/** A number that was chosen or measured: what it is, in which unit, and where it comes from, so that nobody takes it for a law. */
export type SourcedNumber = {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  /** Data set, date, how it was found; "chosen" where nothing was measured. */
  readonly source: string;
  /** What changes with 0.7 and 1.4 times the value; absent where nothing did on the data of the table. */
  readonly effect?: string;
};

type Values<Table> = { readonly [Name in keyof Table]: number };

/** The numbers alone, by the same names. */
export function valuesOf<Table extends Readonly<Record<string, SourcedNumber>>>(table: Table): Values<Table> {
  const values = Object.entries(table).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries(values) as Values<Table>;
}
