/** Sends a pack to the station in parts, and keeps what is known of it until a person has taken or left it. */
import type { PackManifest } from "../../../src/geo/pack/packManifest.js";
import type { StationFailure } from "../../../src/contract/failures.js";
import { Latest } from "../../bridge/latest.js";
import type { Reply } from "../../bridge/requests.js";
import type { StationStore } from "../../bridge/stationStore.js";

type Sending =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly name: string; readonly fraction: number }
  /** Nothing of it is taken yet. */
  | { readonly kind: "shown"; readonly manifest: PackManifest }
  | { readonly kind: "importing"; readonly manifest: PackManifest }
  | { readonly kind: "done"; readonly manifest: PackManifest }
  | { readonly kind: "failed"; readonly failure: StationFailure };

/** A message larger than this would delay the station's heartbeat. */
const PART_BYTES = 4 * 1024 * 1024;
const IDLE: Sending = { kind: "idle" };

/** One pack at a time. */
export class PackSending {
  readonly state = new Latest<Sending>(IDLE);
  readonly #station: Pick<StationStore, "request">;
  /** Changes with each file: what an older one still answers is not shown. */
  #uploadId = "";

  constructor(station: Pick<StationStore, "request">) {
    this.#station = station;
  }

  readonly send = async (file: Pick<File, "name" | "size" | "slice">): Promise<void> => {
    const uploadId = `${Math.random()}`;
    this.#uploadId = uploadId;
    const { name, size } = file;
    if (size === 0) {
      this.state.set({ kind: "failed", failure: { kind: "pack", failure: { kind: "no-pack" } } });
      return;
    }
    for (let offsetBytes = 0; ; offsetBytes += PART_BYTES) {
      this.state.set({ kind: "sending", name, fraction: offsetBytes / size });
      const bytes = new Uint8Array(await file.slice(offsetBytes, offsetBytes + PART_BYTES).arrayBuffer());
      if (this.#uploadId !== uploadId) return;
      const part = { kind: "put-pack-part", uploadId, totalBytes: size, offsetBytes, bytes } as const;
      const reply = await this.#station.request(part);
      if (this.#uploadId !== uploadId) return;
      const next = stateAfter(reply, offsetBytes + PART_BYTES >= size);
      if (next) {
        this.state.set(next);
        return;
      }
    }
  };

  readonly take = async (): Promise<void> => {
    const state = this.state.get();
    if (state.kind !== "shown") return;
    const { manifest } = state;
    this.state.set({ kind: "importing", manifest });
    const reply = await this.#station.request({ kind: "import-pack", uploadId: this.#uploadId });
    if (reply.ok) {
      this.state.set({ kind: "done", manifest });
      return;
    }
    const isStopped = reply.error.kind === "pack" && reply.error.failure.kind === "stopped";
    // It is still with the station, and can be taken after all.
    this.state.set(isStopped ? { kind: "shown", manifest } : { kind: "failed", failure: reply.error });
  };

  /** Stops the sending, or leaves what was shown. */
  readonly leave = (): void => {
    void this.#station.request({ kind: "drop-pack", uploadId: this.#uploadId });
    this.#uploadId = "";
    this.state.set(IDLE);
  };
}

/** Undefined while there is more to send. */
function stateAfter(reply: Reply, isLast: boolean): Sending | undefined {
  if (!reply.ok) return { kind: "failed", failure: reply.error };
  if (reply.value.kind === "pack") return { kind: "shown", manifest: reply.value.manifest };
  return isLast ? { kind: "failed", failure: { kind: "pack", failure: { kind: "cut-off" } } } : undefined;
}
