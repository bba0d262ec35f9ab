import type { OutgoingMessage } from "../../mavlink/frame.js";
import { requestIdentity, requestPositionStream, requestWhereAndWhen } from "../../mavlink/outgoing.js";
import type { MavAddress } from "../../mavlink/protocols/mission/missionMessages.js";
import type { VehicleIdentity } from "./linkIdentity.js";

const ASK_EVERY_MS = 1000;
/** A source that does not answer is asked less often. */
const ASK_LATER_EVERY_MS = 10_000;
const EAGER_TIMES = 8;
/** From this attempt on also by REQUEST_DATA_STREAM, for vehicles older than SET_MESSAGE_INTERVAL. */
const OLD_WAY_FROM_TIMES = 3;

/**
 * Requests on one path what identifies the sender: serial number, time since boot, position. A second port of an
 * autopilot may send only heartbeats until it is asked. Called only after something was received, and at most three
 * short messages a second: forging a sender's address gains an attacker nothing.
 */
export class IdentityRequests {
  #askedAtMonoMs = Number.NEGATIVE_INFINITY;
  #times = 0;

  due(evidence: VehicleIdentity, to: MavAddress, nowMonoMs: number): readonly OutgoingMessage[] {
    const everyMs = this.#times < EAGER_TIMES ? ASK_EVERY_MS : ASK_LATER_EVERY_MS;
    if (nowMonoMs - this.#askedAtMonoMs < everyMs) return [];
    const isPlaced = evidence.boot !== undefined && evidence.position !== undefined;
    if (isPlaced && evidence.uid !== undefined) return [];
    this.#askedAtMonoMs = nowMonoMs;
    this.#times++;
    const messages: OutgoingMessage[] = evidence.uid === undefined ? [requestIdentity(to)] : [];
    if (isPlaced) return messages;
    messages.push(requestWhereAndWhen(to));
    if (evidence.boot === undefined && this.#times >= OLD_WAY_FROM_TIMES) messages.push(requestPositionStream(to));
    return messages;
  }
}
