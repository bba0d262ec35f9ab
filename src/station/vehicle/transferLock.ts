type TransferUse = "plan" | "params" | "log";

/** A lock: a vehicle's link carries one bulk transfer at a time. */
export type TransferLock = {
  /** True while a transfer is in progress; a preemptible one (with `onWanted`) does not count. */
  readonly isTaken: () => boolean;
  /**
   * Undefined while another transfer is in progress; the returned function releases the lock and may be called twice.
   * With `onWanted` the claim is preemptible: when somebody else claims, `onWanted` is called and the claim ends at
   * once.
   */
  readonly claim: (what: TransferUse, onWanted?: () => void) => (() => void) | undefined;
};

type Holder = { readonly onWanted: (() => void) | undefined };

export function createTransferLock(): TransferLock {
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
