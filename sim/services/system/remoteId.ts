import type { AircraftView } from "../../aircraftView.js";
import type { ReceivedMessage, WireMessage } from "../../wire/mavlinkCodec.js";
import { FORCE_MAGIC, RESULT } from "../../commandNumbers.js";
import { isAddressedTo } from "../addressing.js";
import { commandAck, commandIn, statusText } from "../commands.js";
import type { Service } from "../service.js";

/** https://mavlink.io/en/services/opendroneid.html; the transponder is a component of its own. */
const TRANSPONDER = 236;
const ARM = 400;
const NEEDED = {
  OPEN_DRONE_ID_OPERATOR_ID: "missing operator_id message",
  OPEN_DRONE_ID_SELF_ID: "missing self_id message",
  OPEN_DRONE_ID_SYSTEM: "missing system message",
} as const;
type Needed = keyof typeof NEEDED;
const NAMES = Object.keys(NEEDED) as readonly Needed[];
/** Older operator positions do not count. */
const FRESH_MS = 10_000;
const EVERY_MS = 1000;

/** Sends the transponder's arm status once a second, and refuses arming until all data required by law was received. */
export function createRemoteId(view: AircraftView): Service {
  const receivedAtMs = new Map<Needed, number>();
  let dueMs = 0;

  const problem = (nowMs: number): string | undefined => {
    for (const name of NAMES) {
      const atMs = receivedAtMs.get(name);
      if (atMs === undefined) return NEEDED[name];
      const isOld = nowMs - atMs > FRESH_MS * view.speedup;
      if (name === "OPEN_DRONE_ID_SYSTEM" && isOld) return "lost operator location";
    }
    return undefined;
  };
  const note = (message: ReceivedMessage, nowMs: number): boolean => {
    if (!message.name.startsWith("OPEN_DRONE_ID_")) return false;
    if (!isAddressedTo(message.fields, view.systemId, TRANSPONDER) && !isAddressedTo(message.fields, view.systemId))
      return false;
    const name = message.name === "OPEN_DRONE_ID_SYSTEM_UPDATE" ? "OPEN_DRONE_ID_SYSTEM" : message.name;
    const needed = NAMES.find((one) => one === name);
    // An update refreshes a known position only; it does not replace the full SYSTEM message.
    const isUpdateOnly = message.name === "OPEN_DRONE_ID_SYSTEM_UPDATE" && !receivedAtMs.has("OPEN_DRONE_ID_SYSTEM");
    if (needed && !isUpdateOnly) receivedAtMs.set(needed, nowMs);
    return true;
  };
  const refuseArming = (message: ReceivedMessage, nowMs: number): readonly WireMessage[] | undefined => {
    const command = commandIn(message, view.systemId);
    const why = problem(nowMs);
    if (command?.command !== ARM || command.params[0] !== 1 || command.params[1] === FORCE_MAGIC) return undefined;
    if (why === undefined) return undefined;
    const isPx4 = view.flavour.autopilot === "px4";
    const result = isPx4 ? RESULT.temporarilyRejected : RESULT.failed;
    return [statusText(2, `${isPx4 ? "Preflight Fail" : "Arm"}: OpenDroneID: ${why}`), commandAck(command, result)];
  };
  return {
    receive: (message, nowMs) => (note(message, nowMs) ? [] : refuseArming(message, nowMs)),
    tick: (nowMs) => {
      if (nowMs < dueMs) return [];
      dueMs = nowMs + EVERY_MS;
      const why = problem(nowMs);
      return [
        {
          name: "OPEN_DRONE_ID_ARM_STATUS",
          componentId: TRANSPONDER,
          fields: { status: why === undefined ? 0 : 1, error: why ?? "" },
        },
      ];
    },
  };
}
