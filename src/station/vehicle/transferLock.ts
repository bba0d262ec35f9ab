type TransferUse = "plan" | "params" | "log";

/** A vehicle's link carries one bulk transfer at a time. */
export type TransferLock = {
  /** A transfer somebody waits for goes on; a polite one does not count. */
  readonly isTaken: () => boolean;
  /**
   * Undefined when another transfer goes on; the returned function gives the place back and may be called twice. With
   * `onWanted` the claim is polite: it ends at once, after being told so, when somebody else claims.
   */
  readonly claim: (what: TransferUse, onWanted?: () => void) => (() => void) | undefined;
};

type Holder = { readonly onWanted: (() => void) | undefined };

export function createTransferPlace(): TransferLock {
  let holder: Holder | undefined;
  return {
    isTaken: () => holder !== undefined && holder.onWanted === undefined,
    claim: (_what, onWanted) => {
      if (holder) {
        if (!holder.onWanted) return undefined;
        const { onWanted: yieldPlace } = holder;
        holder = undefined;
        yieldPlace();
      }
      const claimed: Holder = { onWanted };
      holder = claimed;
      return () => {
        if (holder === claimed) holder = undefined;
      };
    },
  };
}
