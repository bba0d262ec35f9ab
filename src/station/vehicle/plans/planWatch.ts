import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { fieldsOf, type MessageFields } from "../../../mavlink/messageFields.js";
import { partChangedByOthers, type Conversation } from "../../../mavlink/protocols/mission/missionMessages.js";
import type { PlanDoubt, PlanPart } from "../../../vehicle/transfers.js";

/** Words on their way when a transfer ends still tell of the lists before it. */
const SETTLE_MS = 1500;
/** MISSION_CURRENT.total: 0 says the autopilot does not count. */
const TOTAL_UNSUPPORTED = 0;

type Signature = { readonly total: number; readonly ids: Readonly<Record<PlanPart, number>> };
const PARTS: readonly PlanPart[] = ["mission", "fence", "rally"];

/** A list that may be another by now, and what says so. */
export type DoubtedPart = { readonly part: PlanPart; readonly because: PlanDoubt };

/**
 * Notices that an aircraft's lists may have changed without us: another station is heard uploading or being answered, or
 * the ids (PX4) or the count of mission items in MISSION_CURRENT are not those of what was verified. ArduPilot has no ids:
 * another mission with the same number of items, sent over a link we do not hear, shows only when it is read again, which
 * is why that is done before every start.
 */
export class PlanWatch {
  readonly #conversation: Conversation;
  #baseline: Signature | undefined;
  #suspect: Signature | undefined;
  #expectedTotal: number | undefined;
  #quietUntilMonoMs = 0;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /**
   * A transfer of ours ended: what is heard after a moment is how it is. `expectedTotal`: how many items (home not counted)
   * were verified; without it the first count heard is taken as it is.
   */
  startOver(nowMonoMs: number, roundTripMs: number | undefined, expectedTotal?: number): void {
    this.#baseline = undefined;
    this.#suspect = undefined;
    this.#expectedTotal = expectedTotal;
    this.#quietUntilMonoMs = nowMonoMs + SETTLE_MS + 2 * (roundTripMs ?? 0);
  }

  /** The vehicle's own frames: the lists that this one puts in doubt. */
  onFrame(frame: MavlinkFrame, nowMonoMs: number): readonly DoubtedPart[] {
    const part = partChangedByOthers(frame, this.#conversation);
    if (part) return [{ part, because: "other-station" }];
    const { vehicle } = this.#conversation;
    const current = frame.componentId === vehicle.componentId ? fieldsOf(frame, "MISSION_CURRENT") : undefined;
    if (!current || nowMonoMs < this.#quietUntilMonoMs) return [];
    return this.#compare(signatureOf(current));
  }

  #compare(heard: Signature): readonly DoubtedPart[] {
    const baseline = (this.#baseline ??= { ...heard, total: this.#expectedTotal ?? heard.total });
    const isOtherCount = heard.total !== TOTAL_UNSUPPORTED && heard.total !== baseline.total;
    const otherIds = PARTS.filter((part) => heard.ids[part] !== baseline.ids[part]);
    const isSuspect = isOtherCount || otherIds.length > 0;
    // Told twice, so that one late message raises no alarm.
    const isSure = isSuspect && this.#suspect !== undefined && isSame(this.#suspect, heard);
    this.#suspect = isSuspect ? heard : undefined;
    if (!isSure) return [];
    const count =
      isOtherCount && !otherIds.includes("mission") ? ([{ part: "mission", because: "other-count" }] as const) : [];
    return [...count, ...otherIds.map((part) => ({ part, because: "other-id" }) as const)];
  }
}

const isSame = (a: Signature, b: Signature): boolean =>
  a.total === b.total && PARTS.every((part) => a.ids[part] === b.ids[part]);

/** Extension fields: absent in MAVLink 1. 65535: there is no mission. */
const TOTAL_NONE = 65_535;

function signatureOf(current: Partial<MessageFields["MISSION_CURRENT"]>): Signature {
  const { total = TOTAL_UNSUPPORTED, mission_id = 0, fence_id = 0, rally_points_id = 0 } = current;
  return {
    total: total === TOTAL_NONE ? -1 : total,
    ids: { mission: mission_id, fence: fence_id, rally: rally_points_id },
  };
}
