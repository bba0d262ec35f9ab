import type { Clock } from "../../core/clock.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { requestAllStreams, requestRates, requestVehicleFacts } from "../../mavlink/outgoing.js";
import type { MavAddress } from "../../mavlink/protocols/missionMessages.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A radio is not flooded: the rest is asked for at the next tick. */
const REQUESTS_PER_TICK = 4;
/** A vehicle that told no position this long after it was first asked may be too old to know the question. */
const OLD_VEHICLE_AFTER_MS = 10_000;

type Wish = { askedAtMonoMs: number; retryMs: number };

/** Asks for the messages that do not come, more and more patiently; a vehicle that streams by itself is left alone. */
type StreamRequests = {
  readonly onFrame: (frame: MavlinkFrame) => void;
  readonly tick: (vehicle: VehicleState) => readonly OutgoingMessage[];
  /** After the vehicle was lost: it may have restarted and forgotten everything. */
  readonly startOver: () => void;
};

export function createStreamRequests(clock: Clock, address: MavAddress): StreamRequests {
  const heardAtMonoMs = new Map<number, number>();
  const wishes = new Map<string, Wish>();
  const rates = requestRates(address);
  let startedAtMonoMs = clock.monoMs();

  const isDue = (key: string): boolean => {
    const nowMonoMs = clock.monoMs();
    const wish = wishes.get(key);
    if (wish && nowMonoMs - wish.askedAtMonoMs < wish.retryMs) return false;
    const retryMs = wish ? Math.min(wish.retryMs * 2, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
    wishes.set(key, { askedAtMonoMs: nowMonoMs, retryMs });
    return true;
  };
  /** Missing: not heard for three of its intervals and three seconds. */
  const isMissing = ({ fields }: OutgoingMessage): boolean => {
    const heard = heardAtMonoMs.get(Number(fields["param1"]));
    return heard === undefined || clock.monoMs() - heard > 3000 + (3 * Number(fields["param2"])) / 1000;
  };
  return {
    onFrame: (frame) => {
      heardAtMonoMs.set(frame.messageId, clock.monoMs());
    },
    tick: (vehicle) => {
      const messages: OutgoingMessage[] = [];
      if ((!vehicle.version || !vehicle.home) && isDue("facts")) messages.push(...requestVehicleFacts(address));
      for (const request of rates) {
        if (messages.length >= REQUESTS_PER_TICK) break;
        if (isMissing(request) && isDue(String(request.fields["param1"]))) messages.push(request);
      }
      const isOld = !vehicle.position && clock.monoMs() - startedAtMonoMs > OLD_VEHICLE_AFTER_MS;
      if (isOld && isDue("all")) messages.push(requestAllStreams(address));
      return messages;
    },
    startOver: () => {
      wishes.clear();
      heardAtMonoMs.clear();
      startedAtMonoMs = clock.monoMs();
    },
  };
}
