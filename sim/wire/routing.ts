import type { Flavour } from "../flavour.js";
import type { ReceivedMessage } from "./mavlinkCodec.js";

/**
 * Forwarding between an aircraft's ports, as ArduPilot does: a station connected to two of them receives its own messages, and other
 * stations' uploads to other vehicles. Source: libraries/GCS_MAVLink/MAVLink_routing.cpp (check_and_forward); the recordings
 * of serial0 and serial1. PX4 forwards nothing unless configured (MAV_n_FORWARD).
 */
type Router = {
  /** Ports to forward this message to, unchanged. */
  readonly portsFor: (message: ReceivedMessage, from: number) => readonly number[];
};

const keyOf = ({ systemId, componentId }: ReceivedMessage["from"]): string => `${systemId}/${componentId}`;

function targetsOf({ fields }: ReceivedMessage): readonly [system: number, component: number] {
  return ["targetSystem" in fields ? fields.targetSystem : 0, "targetComponent" in fields ? fields.targetComponent : 0];
}

export function createRouter({ autopilot }: Flavour, systemId: number, countOfPorts: number): Router {
  /** The ports on which each system was heard. */
  const portsOfSystem = new Map<string, Set<number>>();
  const others = (from: number): readonly number[] =>
    Array.from({ length: countOfPorts }, (_, port) => port).filter((port) => port !== from);

  const isTowards = (port: number, system: number, component: number): boolean =>
    [...portsOfSystem].some(([key, ports]) => {
      const [receivedSystem, receivedComponent] = key.split("/").map(Number);
      const isThere =
        system === 0 || (receivedSystem === system && (component === 0 || receivedComponent === component));
      return isThere && ports.has(port);
    });

  return {
    portsFor: (message, from) => {
      if (autopilot === "px4" || countOfPorts === 1) return [];
      const key = keyOf(message.from);
      const known = portsOfSystem.get(key) ?? new Set<number>();
      portsOfSystem.set(key, known.add(from));
      // A heartbeat is forwarded to all ports but those where its sender was heard.
      if (message.name === "HEARTBEAT") return others(from).filter((port) => !known.has(port));
      if (message.name === "ADSB_VEHICLE") return [];
      const [system, component] = targetsOf(message);
      if (system === systemId && component === 1) return [];
      return others(from).filter((port) => isTowards(port, system, component));
    },
  };
}
