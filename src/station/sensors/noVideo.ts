import type { VideoStatus } from "../../contract/messages.js";

/** Of a station that was given no video. */
export const NO_VIDEO: VideoStatus = {
  state: "none",
  because: undefined,
  uri: undefined,
  framesPerS: 0,
  hasKlv: false,
  skewMs: undefined,
  latencyMs: undefined,
};
