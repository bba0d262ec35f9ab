import type { AircraftView } from "../../aircraftView.js";
import type { ReceivedMessage } from "../../wire/mavlinkCodec.js";
import type { Signing } from "../../wire/signing.js";
import { isAddressedTo } from "../addressing.js";
import { statusText } from "../commands.js";
import type { Service } from "../service.js";

/**
 * Must be the first service: messages with a wrong signature are dropped here. All links count as ArduPilot's channel 0 (USB), where
 * unsigned messages are always accepted; PX4 with a key accepts nothing unsigned but heartbeats.
 */
export function createSigningService(view: AircraftView, signing: Signing): Service {
  const isArdupilot = view.flavour.autopilot === "ardupilot";
  const isRefused = ({ name, frame }: ReceivedMessage): boolean => {
    if (!signing.isKeyed() || !frame) return false;
    const seal = signing.check(frame);
    if (seal === "unsigned") return !isArdupilot && name !== "HEARTBEAT";
    return seal === "bad";
  };
  return {
    receive: (message) => {
      if (isRefused(message)) return [];
      if (message.name !== "SETUP_SIGNING" || !isAddressedTo(message.fields, view.systemId)) return undefined;
      if (view.autopilot().isArmed) return [statusText(4, "ERROR: Won't setup signing when armed")];
      const { secretKey, initialTimestamp } = message.fields;
      signing.setKey(Uint8Array.from(secretKey), initialTimestamp);
      return [];
    },
    tick: () => [],
  };
}
