import { encodeFrame } from "../../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../../mavlink/frame.js";
import { createReader } from "../../../mavlink/reader.js";
import type { WireMissionItem } from "../../../mavlink/protocols/mission/missionWire.js";
import type { LinkProxy } from "./linkProxy.js";
import { until } from "./trial.js";

/** Another ground station with its own system id, on the same link, which uploads a mission of its own. */
const OTHER = { systemId: 254, componentId: 190 } as const;

/** Calls `onFrame` for every frame that the aircraft sends on this link from now on. */
export function listenTo(proxy: LinkProxy, onFrame: (frame: MavlinkFrame) => void): void {
  const reader = createReader();
  proxy.onFromAircraft((bytes) => reader.push(bytes, onFrame));
}

/**
 * Uploads as any station does: COUNT, an item for each request, until the ACK. Resolves with the MAV_MISSION_RESULT.
 */
export async function uploadAsOther(
  proxy: LinkProxy,
  systemId: number,
  items: readonly WireMissionItem[],
): Promise<number> {
  const to = { target_system: systemId, target_component: 1, mission_type: 0 };
  let seq = 0;
  let result: number | undefined;
  const send = (name: string, fields: MavlinkFields): void =>
    proxy.inject(encodeFrame({ ...OTHER, name, fields, seq: seq++ & 0xff, version: 2 }));
  listenTo(proxy, ({ name, fields }) => {
    if (fields["target_system"] !== OTHER.systemId || result !== undefined) return;
    if (name === "MISSION_ACK") result = Number(fields["type"]);
    if (name !== "MISSION_REQUEST" && name !== "MISSION_REQUEST_INT") return;
    const item = items[Number(fields["seq"])];
    if (item) send("MISSION_ITEM_INT", { ...to, ...fieldsOf(item) });
  });
  send("HEARTBEAT", { type: 6, autopilot: 8, mavlink_version: 3 });
  send("MISSION_COUNT", { ...to, count: items.length });
  await until("the other station's upload is acknowledged", () => result !== undefined);
  return result ?? -1;
}

function fieldsOf({ params, ...item }: WireMissionItem): MavlinkFields {
  const [param1, param2, param3, param4] = params;
  return { ...item, param1, param2, param3, param4 };
}
