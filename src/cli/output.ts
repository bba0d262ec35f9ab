/**
 * The reader of our output may be gone (`| head`, a closed terminal); what is printed afterwards is lost. Without a
 * listener Node would end the process at the next line, in the middle of a flight.
 */
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** All output of a command. Only results go to stdout, so that `--json` can be piped. */
export const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

export const printText = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_WRONG_USE = 2;

/** Prints what was wrong with the arguments, and the command's usage. */
export function wrongUse(problem: string, usage: string): number {
  print(`vigie: ${problem}`);
  print(`usage: ${usage}`);
  return EXIT_WRONG_USE;
}
