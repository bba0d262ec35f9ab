import { isRecentPx4 } from "../flavour.js";
import type { WireMessage } from "./mavlinkCodec.js";
import type { TelemetryView } from "./telemetryView.js";

// MAV_PROTOCOL_CAPABILITY: only what this aircraft and its services implement.
const MISSION_FLOAT = 1n;
const PARAM_FLOAT = 2n;
const MISSION_INT = 4n;
const COMMAND_INT = 8n;
const FTP = 0x20n;
const MAVLINK2 = 0x2000n;
const MISSION_FENCE = 0x4000n;
const MISSION_RALLY = 0x8000n;
const BOTH = PARAM_FLOAT | MISSION_INT | COMMAND_INT | FTP | MAVLINK2 | MISSION_FENCE | MISSION_RALLY;
// Neither sets a parameter-encoding bit other than PARAM_FLOAT (FIELD notes A): stations decide by MAV_AUTOPILOT.
const CAPABILITIES = { ardupilot: BOTH | MISSION_FLOAT, px4: BOTH } as const;

/** major, minor, patch, type: ArduPilot 4.7.0-dev; PX4 1.14.3 or 1.15.4, releases (255). */
const SOFTWARE = { ardupilot: 0x04070000, px4: 0x010e03ff, recentPx4: 0x010f04ff } as const;

const bytes = (value: string, length: number) => Array.from({ length }, (_, i) => value.charCodeAt(i) || 0);

export function version({ autopilot, systemId, originAmslM }: TelemetryView): WireMessage {
  const { flavour } = autopilot;
  const own = systemId === 1 ? "" : `-${systemId}`;
  return {
    name: "AUTOPILOT_VERSION",
    fields: {
      capabilities: CAPABILITIES[flavour.autopilot] as never,
      flightSwVersion: SOFTWARE[isRecentPx4(flavour) ? "recentPx4" : flavour.autopilot],
      flightCustomVersion: bytes("vigiesim", 8),
      middlewareCustomVersion: bytes("", 8),
      osCustomVersion: bytes("", 8),
      uid: BigInt(systemId - 1),
      uid2: bytes(`VIGIE-SIM-${Math.round(originAmslM)}${own}`, 18),
    },
  };
}
