import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { fieldsOf, type MessageFields } from "../../../mavlink/messageFields.js";
import {
  missionEventFrom,
  partChangedByOthers,
  type MavPeer,
} from "../../../mavlink/protocols/mission/missionMessages.js";
import type { PlanDoubt, PlanPart } from "../../../vehicle/transfers.js";

/** Messages in transit when a transfer ends still describe the lists before it. */
const SETTLE_MS = 1500;
/** MISSION_CURRENT.total: 0 means that the autopilot does not report it. */
const TOTAL_UNSUPPORTED = 0;

type Signature = { readonly total: number; readonly ids: Readonly<Record<PlanPart, number>> };
const PARTS: readonly PlanPart[] = ["mission", "fence", "rally"];

/** A list that may have changed, and the reason to think so. */
export type DoubtedPart = { readonly part: PlanPart; readonly because: PlanDoubt };

/**
 * ArduPilot sends these texts to every station after accepting a list (MissionItemProtocol_Waypoints.cpp and
 * _Rally.cpp).
 */
const TAKEN_TEXTS: Readonly<Record<string, PlanPart>> = {
  "Flight plan received": "mission",
  "Rally points received": "rally",
};

/**
 * Detects that an aircraft's lists may have been changed by others: another station is received uploading or being
 * answered, the autopilot reports that it accepted a list which we did not send, or the ids (PX4) or the count of
 * mission items in MISSION_CURRENT differ from those verified. ArduPilot has no ids: another mission with the same
 * number of items, whose text was lost, shows only when it is read again, which is why that is done before every start.
 */
export class PlanWatch {
  readonly #peer: MavPeer;
  /** The id that each list should have; where none is known, the first one received is taken. */
  readonly #expectedIds = new Map<PlanPart, number>();
  /**
   * Lists that we sent, until the autopilot's text about them arrived or the transfer is over: such a text may be lost.
   */
  readonly #ownTexts = new Set<PlanPart>();
  #expectedTotal: number | undefined;
  /**
   * True between `begin` and `end`: ids and counts received meanwhile may be those of before, during or after the
   * transfer.
   */
  #isTransferring = false;
  /** The last MISSION_CURRENT since a list's MISSION_COUNT was sent to us. */
  #receivedSinceCount: Signature | undefined;
  #newestReceived: Signature | undefined;
  #suspect: Signature | undefined;
  #quietUntilMonoMs = 0;

  constructor(peer: MavPeer) {
    this.#peer = peer;
  }

  /** A transfer of ours begins. */
  begin({ sends, reads }: { readonly sends: readonly PlanPart[]; readonly reads: readonly PlanPart[] }): void {
    this.#isTransferring = true;
    this.#ownTexts.clear();
    for (const part of sends) {
      this.#ownTexts.add(part);
      this.#expectedIds.delete(part);
    }
    // A list being read has the id last received, unless its MISSION_COUNT gives another.
    for (const part of reads) if (this.#newestReceived) this.#expectedIds.set(part, this.#newestReceived.ids[part]);
    if (sends.includes("mission") || reads.includes("mission")) this.#expectedTotal = undefined;
  }

  /**
   * A transfer of ours ended: after a short wait, ids and counts received must be those it left or read.
   * `countOfItems`: items of the mission without home; when undefined, the first count received is taken as correct.
   */
  end(nowMonoMs: number, roundTripMs: number | undefined, countOfItems: number | undefined): void {
    this.#isTransferring = false;
    this.#suspect = undefined;
    this.#expectedTotal = countOfItems ?? this.#expectedTotal;
    this.#quietUntilMonoMs = nowMonoMs + SETTLE_MS + 2 * (roundTripMs ?? 0);
  }

  /** A change was noticed and will be read: the newest ids and count are expected from now on. */
  accept(): void {
    this.#suspect = undefined;
    if (!this.#newestReceived) return;
    for (const part of PARTS) this.#expectedIds.set(part, this.#newestReceived.ids[part]);
    this.#expectedTotal = this.#newestReceived.total;
  }

  /** Takes the vehicle's own frames; returns the lists that this one puts in doubt. */
  onFrame(frame: MavlinkFrame, nowMonoMs: number): readonly DoubtedPart[] {
    const part = partChangedByOthers(frame, this.#peer);
    if (part) return [{ part, because: "other-station" }];
    this.#noteCount(frame);
    const { vehicle } = this.#peer;
    const current = frame.componentId === vehicle.componentId ? fieldsOf(frame, "MISSION_CURRENT") : undefined;
    if (!current) return [];
    this.#newestReceived = signatureOf(current);
    this.#receivedSinceCount = this.#newestReceived;
    const isUnsettled = this.#isTransferring || nowMonoMs < this.#quietUntilMonoMs;
    return isUnsettled ? [] : this.#compare(this.#newestReceived);
  }

  /** Takes a text of the autopilot; returns the list that it accepted from somebody else. */
  onText(text: string, nowMonoMs: number): readonly DoubtedPart[] {
    const part = TAKEN_TEXTS[text];
    const isUnsettled = this.#isTransferring || nowMonoMs < this.#quietUntilMonoMs;
    if (!part || (isUnsettled && this.#ownTexts.delete(part))) return [];
    return [{ part, because: "other-station" }];
  }

  /** Call after a list was read: an id received while its items came may show already that it has changed. */
  changedSinceCount(): readonly DoubtedPart[] {
    const received = this.#receivedSinceCount;
    return received ? this.#otherIds(received).map((part) => ({ part, because: "other-id" })) : [];
  }

  /** The MISSION_COUNT of a list being read contains its id (`opaque_id`), where the autopilot has ids. */
  #noteCount(frame: MavlinkFrame): void {
    const received = missionEventFrom(frame, this.#peer);
    if (received?.event.kind !== "count") return;
    this.#receivedSinceCount = undefined;
    if (received.event.planId !== 0) this.#expectedIds.set(received.part, received.event.planId);
  }

  #compare(received: Signature): readonly DoubtedPart[] {
    this.#expectedTotal ??= received.total;
    for (const part of PARTS) if (!this.#expectedIds.has(part)) this.#expectedIds.set(part, received.ids[part]);
    const isOtherCount = received.total !== TOTAL_UNSUPPORTED && received.total !== this.#expectedTotal;
    const otherIds = this.#otherIds(received);
    const isSuspect = isOtherCount || otherIds.length > 0;
    // It must be received twice, so that a single late message raises no alarm.
    const isSure = isSuspect && this.#suspect !== undefined && isSame(this.#suspect, received);
    this.#suspect = isSuspect ? received : undefined;
    if (!isSure) return [];
    const count =
      isOtherCount && !otherIds.includes("mission") ? ([{ part: "mission", because: "other-count" }] as const) : [];
    return [...count, ...otherIds.map((part) => ({ part, because: "other-id" }) as const)];
  }

  #otherIds({ ids }: Signature): readonly PlanPart[] {
    return PARTS.filter((part) => this.#expectedIds.has(part) && this.#expectedIds.get(part) !== ids[part]);
  }
}

const isSame = (a: Signature, b: Signature): boolean =>
  a.total === b.total && PARTS.every((part) => a.ids[part] === b.ids[part]);

/** These are extension fields: absent in MAVLink 1. 65535: there is no mission. */
const TOTAL_NONE = 65_535;

function signatureOf(current: Partial<MessageFields["MISSION_CURRENT"]>): Signature {
  const { total = TOTAL_UNSUPPORTED, mission_id = 0, fence_id = 0, rally_points_id = 0 } = current;
  return {
    total: total === TOTAL_NONE ? -1 : total,
    ids: { mission: mission_id, fence: fence_id, rally: rally_points_id },
  };
}
