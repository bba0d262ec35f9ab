type TransferUse = "plan" | "params" | "log";

/** A vehicle's link carries one bulk transfer at a time. */
export type TransferPlace = {
  readonly isTaken: () => boolean;
  /** Undefined when another transfer goes on; the returned function gives the place back and may be called twice. */
  readonly claim: (what: TransferUse) => (() => void) | undefined;
};

export function createTransferPlace(): TransferPlace {
  let holder: symbol | undefined;
  return {
    isTaken: () => holder !== undefined,
    claim: (what) => {
      if (holder !== undefined) return undefined;
      const claimed = Symbol(what);
      holder = claimed;
      return () => {
        if (holder === claimed) holder = undefined;
      };
    },
  };
}
