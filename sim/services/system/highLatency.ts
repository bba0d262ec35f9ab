/* eslint-disable id-denylist -- MAVLink's own field names (altitude, heading, latitude) are written here */
import type { AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { RESULT } from "../../commandNumbers.js";
import { commandAck, commandIn } from "../commands.js";
import type { Service } from "../service.js";

/** https://mavlink.io/en/services/high_latency.html */
const CONTROL_HIGH_LATENCY = 2600;
const EVERY_MS = 5000;
const MAV_TYPES = { copter: 2, plane: 1, vtol: 22 } as const;
const CUSTOM_MODE_ENABLED = 1;
const ARMED = 128;

const wholeByte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

function summary(view: AircraftView): WireMessage {
  const { sensed, mode, isArmed, run, battery } = { ...view.autopilot(), battery: view.autopilot().sensed.battery };
  const { motion } = sensed;
  const { position } = view.frame.toPosition({ eastM: motion.eastM, northM: motion.northM, upM: 0 });
  const isPx4 = view.flavour.autopilot === "px4";
  const capacityMah = view.autopilot().params["BATT_CAPACITY"] ?? 22_000;
  return {
    name: "HIGH_LATENCY2",
    fields: {
      timestamp: Math.round(view.nowMs()),
      type: MAV_TYPES[view.flavour.airframe],
      autopilot: isPx4 ? 12 : 3,
      // For PX4 the upper 16 bits of custom_mode contain the mode.
      customMode: isPx4 ? mode.customMode >>> 16 : mode.customMode & 0xffff,
      latitude: Math.round(position.latitudeDeg * 1e7),
      longitude: Math.round(position.longitudeDeg * 1e7),
      altitude: Math.round(view.originAmslM + motion.upM),
      targetAltitude: Math.round(view.originAmslM + motion.upM),
      heading: wholeByte(sensed.headingDeg / 2),
      targetHeading: wholeByte(sensed.headingDeg / 2),
      targetDistance: 0,
      throttle: isArmed ? 50 : 0,
      airspeed: wholeByte(sensed.airSpeedMps * 5),
      airspeedSp: wholeByte(sensed.airSpeedMps * 5),
      groundspeed: wholeByte(Math.hypot(motion.eastMps, motion.northMps) * 5),
      windspeed: 0,
      windHeading: 0,
      eph: 10,
      epv: 15,
      temperatureAir: 8,
      climbRate: Math.round(Math.max(-12.7, Math.min(12.7, motion.climbRateMps)) * 10),
      battery: Math.round(100 * Math.max(0, 1 - battery.usedMah / capacityMah)),
      wpNum: run.seq,
      failureFlags: 0,
      // The base mode, which both ArduPilot and PX4 put into custom0.
      custom0: CUSTOM_MODE_ENABLED | (isArmed ? ARMED - 256 : 0),
    },
  };
}

/** When enabled, the aircraft sends one HIGH_LATENCY2 every 5 s and nothing else: no heartbeats, missions or parameters. */
export function createHighLatency(view: AircraftView): Service {
  let isOn = false;
  let dueMs = 0;
  return {
    receive: (message, nowMs) => {
      const command = commandIn(message, view.systemId);
      if (command?.command !== CONTROL_HIGH_LATENCY) return undefined;
      isOn = command.params[0] === 1;
      dueMs = nowMs;
      return [commandAck(command, RESULT.accepted)];
    },
    tick: (nowMs) => {
      if (!isOn || nowMs < dueMs) return [];
      dueMs = nowMs + EVERY_MS * view.speedup;
      return [summary(view)];
    },
    permits: ({ name, fields }) =>
      !isOn ||
      name === "HIGH_LATENCY2" ||
      (name === "COMMAND_ACK" && "command" in fields && fields.command === CONTROL_HIGH_LATENCY),
  };
}
