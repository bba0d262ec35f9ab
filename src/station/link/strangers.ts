import type { MavlinkFrame } from "../../mavlink/frame.js";
import { MAV_AUTOPILOT_INVALID } from "../../mavlink/identity.js";
import { fieldsOf } from "../../mavlink/messageFields.js";
import { requestIdentity } from "../../mavlink/outgoing.js";
import type { LinkSession } from "./linkSession.js";
import { likenessOf } from "./pathEvidence.js";
import { VehiclePath } from "./vehiclePath.js";
import type { VehicleWays } from "./vehicleWays.js";

/** Who has not shown by then that it is a known vehicle is treated as another one. */
const DECIDED_AFTER_MS = 5000;
const ASK_EVERY_MS = 1500;
const STRANGERS_MAX = 256;

/** One who speaks on a link, by system id: `key` is its name among all. */
export type Ear = { readonly key: string; readonly link: LinkSession; readonly from: string };

type Stranger = {
  readonly path: VehiclePath;
  readonly componentId: number;
  readonly sinceMonoMs: number;
  readonly barred: VehicleWays | undefined;
  askedAtMonoMs: number;
};

type Verdict<Known> =
  | { readonly kind: "same"; readonly known: Known; readonly path: VehiclePath }
  | { readonly kind: "new"; readonly path: VehiclePath; readonly componentId: number }
  | { readonly kind: "undecided" };

type KnownVehicle = { readonly ways: VehicleWays };

/**
 * Those who speak with the number of a known vehicle on another wire, or from another address: it may be that vehicle,
 * heard twice, or another one. Nothing of theirs is taken in before that is decided.
 */
export class Strangers {
  readonly #strangers = new Map<string, Stranger>();

  /** `likeNumbered`: the vehicles of that system id, at least one. */
  hear<Known extends KnownVehicle>(
    ear: Ear,
    frame: MavlinkFrame,
    likeNumbered: readonly Known[],
    nowMonoMs: number,
  ): Verdict<Known> {
    const stranger = this.#strangers.get(ear.key) ?? this.#meet(ear, frame, nowMonoMs);
    if (!stranger || frame.componentId !== stranger.componentId) return { kind: "undecided" };
    stranger.path.onFrame(frame, true, nowMonoMs);
    ask(stranger, nowMonoMs);
    const verdict = verdictOn(stranger, likeNumbered, nowMonoMs);
    if (verdict.kind !== "undecided") this.#strangers.delete(ear.key);
    return verdict;
  }

  /** A path of a vehicle that turned out to be another's: it is judged anew, but never as that vehicle's again. */
  expel(key: string, path: VehiclePath, componentId: number, barred: VehicleWays): void {
    this.#strangers.set(key, { path, componentId, barred, sinceMonoMs: Number.NEGATIVE_INFINITY, askedAtMonoMs: 0 });
  }

  forget(link: LinkSession): void {
    for (const [key, { path }] of this.#strangers) if (path.link === link) this.#strangers.delete(key);
  }

  /** Only an autopilot is met: its cameras and computers follow it. */
  #meet(ear: Ear, frame: MavlinkFrame, nowMonoMs: number): Stranger | undefined {
    if (!isAutopilotsWord(frame) || this.#strangers.size >= STRANGERS_MAX) return undefined;
    const made: Stranger = {
      path: new VehiclePath(ear.link, ear.from, frame.systemId),
      componentId: frame.componentId,
      sinceMonoMs: nowMonoMs,
      barred: undefined,
      askedAtMonoMs: Number.NEGATIVE_INFINITY,
    };
    this.#strangers.set(ear.key, made);
    return made;
  }
}

/** A heartbeat, or its few words over a satellite, of a component that flies. */
export function isAutopilotsWord(frame: MavlinkFrame): boolean {
  const heartbeat = fieldsOf(frame, "HEARTBEAT");
  if (heartbeat) return heartbeat.autopilot !== MAV_AUTOPILOT_INVALID;
  return frame.name === "HIGH_LATENCY2" && Number(frame.fields["autopilot"]) !== MAV_AUTOPILOT_INVALID;
}

function ask(stranger: Stranger, nowMonoMs: number): void {
  if (stranger.path.evidence.uid !== undefined || nowMonoMs - stranger.askedAtMonoMs < ASK_EVERY_MS) return;
  stranger.askedAtMonoMs = nowMonoMs;
  const { link, from, systemId } = stranger.path;
  link.send(requestIdentity({ systemId, componentId: stranger.componentId }), from);
}

function verdictOn<Known extends KnownVehicle>(
  { path, barred, sinceMonoMs, componentId }: Stranger,
  likeNumbered: readonly Known[],
  nowMonoMs: number,
): Verdict<Known> {
  let isOpen = false;
  for (const known of likeNumbered) {
    if (known.ways === barred) continue;
    const likeness = likenessTo(path, known.ways, nowMonoMs);
    if (likeness === "same") return { kind: "same", known, path };
    if (likeness === "unknown") isOpen = true;
  }
  const isNew = path.evidence.kind !== undefined && (!isOpen || nowMonoMs - sinceMonoMs >= DECIDED_AFTER_MS);
  return isNew ? { kind: "new", path, componentId } : { kind: "undecided" };
}

function likenessTo(path: VehiclePath, ways: VehicleWays, nowMonoMs: number): "same" | "different" | "unknown" {
  const reference = ways.reference();
  // All its links were removed, and this is one that came: nothing speaks against it.
  if (!reference) return "same";
  const likeness = likenessOf(path.evidence, reference.evidence, nowMonoMs);
  const isSilent = !ways.isAlive(nowMonoMs);
  // It was lost there and is heard there again: it restarted, or its address changed.
  if (isSilent && ways.isOn(path.link) && likeness.kind !== "different") return "same";
  return likeness.kind;
}
