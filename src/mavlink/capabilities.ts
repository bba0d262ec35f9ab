/** MAV_PROTOCOL_CAPABILITY: the features that an autopilot reports (AUTOPILOT_VERSION). */
export const MAV_PROTOCOL_CAPABILITY_FTP = 32;

/** Whether files may be asked for by MAVFTP: one that has not reported its capabilities may have them. */
export const mayHaveFiles = (version: { readonly capabilityBits: number } | undefined): boolean =>
  !version || (version.capabilityBits & MAV_PROTOCOL_CAPABILITY_FTP) !== 0;
