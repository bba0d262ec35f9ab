/**
 * A number that was chosen or measured, with its meaning, unit and source, so that nobody takes it for a fixed fact.
 */
export type SourcedNumber = {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  /** Data set, date and method; "chosen" where nothing was measured. */
  readonly source: string;
  /** The effect of 0.7 and 1.4 times the value; absent where there was none on the data named in the table. */
  readonly effect?: string;
};

type Values<Table> = { readonly [Name in keyof Table]: number };

/** Only the values, by the same names. */
export function valuesOf<Table extends Readonly<Record<string, SourcedNumber>>>(table: Table): Values<Table> {
  const values = Object.entries(table).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries(values) as Values<Table>;
}
