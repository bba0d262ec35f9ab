/** Why a text could not be read, as the contract's `FileFailure` has it: enough to show the user the place of the mistake. */
export type BadFile = {
  readonly kind: "bad-file";
  readonly path: string;
  /** For example "mission.items[3].params" or "line 12, column 4"; undefined when unknown. */
  readonly where: string | undefined;
  readonly problem: string;
};
