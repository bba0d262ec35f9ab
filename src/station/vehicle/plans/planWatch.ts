import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { fieldsOf, type MessageFields } from "../../../mavlink/messageFields.js";
import { partChangedByOthers, type Conversation } from "../../../mavlink/protocols/mission/missionMessages.js";
import type { PlanPart } from "../../../vehicle/transfers.js";

/** Words on their way when a transfer ends still tell of the lists before it. */
const SETTLE_MS = 1500;
/** MISSION_CURRENT.total: 0 says the autopilot does not count. */
const TOTAL_UNSUPPORTED = 0;

type Signature = Readonly<Record<PlanPart, string>>;

/**
 * Notices that an aircraft's lists changed without us: another station is heard uploading, or the ids (PX4) or the count
 * of mission items in MISSION_CURRENT are no longer those that were heard after our own transfer. ArduPilot has no ids:
 * another mission with the same number of items, sent over a link we do not hear, stays unnoticed.
 */
export class PlanWatch {
  readonly #conversation: Conversation;
  #baseline: Signature | undefined;
  #suspect: Signature | undefined;
  #quietUntilMonoMs = 0;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** A transfer of ours ended, or a change was told: what is heard after a moment is how it is. */
  startOver(nowMonoMs: number, roundTripMs: number | undefined): void {
    this.#baseline = undefined;
    this.#suspect = undefined;
    this.#quietUntilMonoMs = nowMonoMs + SETTLE_MS + 2 * (roundTripMs ?? 0);
  }

  /** The lists that were found changed by this frame. */
  onFrame(frame: MavlinkFrame, nowMonoMs: number): readonly PlanPart[] {
    const byOthers = partChangedByOthers(frame, this.#conversation);
    if (byOthers) return [byOthers];
    const { vehicle } = this.#conversation;
    const current = frame.componentId === vehicle.componentId ? fieldsOf(frame, "MISSION_CURRENT") : undefined;
    if (!current || nowMonoMs < this.#quietUntilMonoMs) return [];
    return this.#compare(signatureOf(current));
  }

  #compare(heard: Signature): readonly PlanPart[] {
    const { mission, fence, rally } = (this.#baseline ??= heard);
    const before: Signature = { mission, fence, rally };
    const parts: readonly PlanPart[] = ["mission", "fence", "rally"];
    const changed = parts.filter((part) => heard[part] !== before[part]);
    // Told twice, so that one late message raises no alarm.
    const isSure = this.#suspect !== undefined && changed.every((part) => this.#suspect?.[part] === heard[part]);
    this.#suspect = changed.length > 0 ? heard : undefined;
    return isSure ? changed : [];
  }
}

/** Extension fields: absent in MAVLink 1. */
function signatureOf(current: Partial<MessageFields["MISSION_CURRENT"]>): Signature {
  const { total = TOTAL_UNSUPPORTED, mission_id = 0, fence_id = 0, rally_points_id = 0 } = current;
  return { mission: `${total}/${mission_id}`, fence: String(fence_id), rally: String(rally_points_id) };
}
