import type { LocalFrame } from "../src/geo/localFrame.js";
import type { AutopilotTools } from "./autopilot/autopilot.js";
import { homeOf, type AutopilotState } from "./autopilot/autopilotState.js";
import type { Point } from "./autopilot/guidance.js";
import type { StoredItem } from "./autopilot/missionItem.js";
import { TELEMETRY, hasTelemetry, type Telemetry } from "./autopilot/streams.js";
import type { Flavour } from "./flavour.js";
import { messageNameOf } from "./wire/mavlinkCodec.js";

type ToolsOptions = {
  readonly flavour: Flavour;
  /** The navigation origin. */
  readonly frame: LocalFrame;
  readonly originAmslM: number;
  readonly speedup: number;
};

/** Conversions between mission items and metres from the navigation origin. */
export function toolsFor({ flavour, frame, originAmslM, speedup }: ToolsOptions): AutopilotTools {
  const locate = (item: StoredItem, state: AutopilotState): Point => {
    const home = homeOf(state);
    const upM = item.frame === 3 ? home.upM + item.zM : item.zM - originAmslM;
    const { motion } = state.sensed;
    if (item.xDegE7 === 0 && item.yDegE7 === 0) return { eastM: motion.eastM, northM: motion.northM, upM };
    const position = { latitudeDeg: item.xDegE7 / 1e7, longitudeDeg: item.yDegE7 / 1e7 };
    const { eastM, northM } = frame.toEnu(position, 0);
    return { eastM, northM, upM };
  };
  const homeItem = (state: AutopilotState): StoredItem => {
    const home = homeOf(state);
    const { position } = frame.toPosition({ eastM: home.eastM, northM: home.northM, upM: 0 });
    return {
      frame: 0,
      command: 16,
      params: [0, 0, 0, 0],
      xDegE7: Math.round(position.latitudeDeg * 1e7),
      yDegE7: Math.round(position.longitudeDeg * 1e7),
      zM: Math.fround(Math.round((originAmslM + home.upM) * 100) / 100),
    };
  };
  const telemetryOf = (messageId: number): Telemetry | undefined => {
    const wireName = messageNameOf(messageId);
    return TELEMETRY.find((name) => name === wireName && hasTelemetry(flavour, name));
  };
  return { locate, homeItem, telemetryOf, speedup, upMOfAmsl: (altitudeAmslM) => altitudeAmslM - originAmslM };
}
