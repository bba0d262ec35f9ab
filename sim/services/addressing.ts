import type { ReceivedMessage } from "../wire/mavlinkCodec.js";

/** True when the message is for this component of this vehicle, or a broadcast (0). */
export function isAddressedTo(fields: ReceivedMessage["fields"], systemId: number, componentId = 1): boolean {
  const system = "targetSystem" in fields ? fields.targetSystem : 0;
  const component = "targetComponent" in fields ? fields.targetComponent : 0;
  return (system === 0 || system === systemId) && (component === 0 || component === componentId);
}
