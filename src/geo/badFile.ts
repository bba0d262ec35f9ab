/** Why a text could not be read, in the form of the contract's `FileFailure`: enough to show the person the place. */
export type BadFile = {
  readonly kind: "bad-file";
  readonly path: string;
  /** "mission.items[3].params" or "line 12, column 4", where known. */
  readonly where: string | undefined;
  readonly problem: string;
};
