/** Frames as they come over a link: a message is encoded, and read again. */
import { encodeFrame } from "../../encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { createReader } from "../../reader.js";
import type { MavAddress, MavPeer } from "../mission/missionMessages.js";

export const VEHICLE: MavAddress = { systemId: 7, componentId: 1 };
export const OWN: MavAddress = { systemId: 255, componentId: 190 };
export const PEER: MavPeer = { vehicle: VEHICLE, own: OWN };
export const TO_US = { target_system: 255, target_component: 190 };
export const TO_VEHICLE = { target_system: 7, target_component: 1 };
export const TO_OTHERS = { target_system: 254, target_component: 190 };

export function frameOf({ name, fields }: OutgoingMessage, from = VEHICLE, version: 1 | 2 = 2): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, ...from, seq: 0, version });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  const [frame] = frames;
  if (!frame) throw new Error(`${name} was not read`);
  return frame;
}
